"""Texts that a careless screen, chart, map or spreadsheet takes for more than text.

One list for every border: what stands in a cell, a header, a sheet's or a file's name.
"""

from __future__ import annotations

LINK = "[klik](https://contoh.example/a)"
HTML_LINK = '<a href="https://contoh.example/b">klik</a>'
SCRIPT = "<script>window.diserang = 1</script>"
IMAGE_HTML = '<img src=x onerror="window.diserang = 1">'
BIDI = "Desa \u202egnilap\u202c akhir"
ZERO_WIDTH = "Lon\u200btar"
LONG = "Sangat panjang " * 200
LONG_WORD = "Tanpaspasi" * 40

# What Markdown, as Streamlit reads it, would make more of.
MARKDOWN = (
    LINK,
    "![gambar](https://contoh.example/c.png)",
    "[![gambar](https://contoh.example/c.png)](https://contoh.example/d)",
    "<https://contoh.example/e>",
    "lihat https://contoh.example/f?x=1&y=2.",
    "lihat www.contoh.example/g",
    "surat ke petugas@contoh.example atau mailto:petugas@contoh.example",
    "$E = mc^2$ dan $$x_1$$",
    "harga $5 sampai $10",
    "**tebal** __tebal__ *miring* _miring_ ~~coret~~",
    "`kode` dan ```kode```",
    ":red[merah] :blue-background[biru] :small[kecil] :help[apa]",
    ":red-badge[lencana] :color[x]{foreground=red}",
    ":red status :small :help :shimmer",
    ":material/home: :material_home: :material/bukan ikon",
    ":streamlit: :smile: :+1: 10:100:20",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "-> awal", "<- awal", "-- awal", ">= 5", "# judul", "## judul", "> kutipan",
    "- butir", "+ butir", "* butir", "1. butir", "2026. butir", "123456. butir", "1) butir",
    "1.5 juta", "1.", "--- ", "***", "___", "===", "    kode", "\tkode",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "judul\n=====", "baris satu  \nbaris dua\n\nbaris tiga", "[x]: https://contoh.example/h",
    "- [ ] tugas", "catatan[^1]\n\n[^1]: kaki", ":::info\nisi\n:::", "::info[x]", ":a[b]:c[d]",
    "\\*bukan\\* \\:smile\\: \\\\", "&lt;b&gt; &amp; &#60;b&#62; &copy; A & B",
    "rekap_2026_akhir.csv", "_awal akhir_", "a__b__c", "a:b c: d :e", "pukul 10:30",
    ")( ][ }{ !?", "😀 awal", "👩\u200d👩\u200d👧 keluarga",
)  # fmt: skip

# What HTML, JavaScript, JSON or a template would make more of.
MARKUP = (
    HTML_LINK,
    SCRIPT,
    IMAGE_HTML,
    '"><svg onload="window.diserang = 1">',
    "' onmouseover='window.diserang = 1' x='",
    "</script><script>window.diserang = 1</script>",
    "<!-- <b>tebal</b> --> <b>tebal</b><br>baris",
    "javascript:window.diserang=1",
    '{"a": 1} ", "b": ["',
    "\\u003cb\\u003e \\x3cb\\x3e",
    "`${window.diserang = 1}`",
    "{{ 7 * 7 }} {% raw %} {0} {name}",
    "%{x} %{y:.2f} %{customdata[0]} %s %(a)s",
    "__proto__",
    "constructor",
    "#000001 #000036",
)

# What a spreadsheet program would take for a formula.
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1+1)",
    '=HYPERLINK("https://contoh.example/i";"klik")',
    "＝1+1",
)

# What nobody sees, or what turns the writing around it.
SIGNS = (
    BIDI,
    "\u202eterbalik",
    "\u2066isolasi",
    ZERO_WIDTH,
    "a\u00adb\ufeffc\u2060d\u3164e",
    "satu\nbaris\r\nbaris\ttab\u2028baris",
    "dengung\x07 \x1b[31mmerah\x1b[0m \x9b31m",
    "قرية لونتار",
    LONG,
    LONG_WORD,
)

PAYLOADS = (*MARKDOWN, *MARKUP, *FORMULAS, *SIGNS)
