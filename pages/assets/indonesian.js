// Streamlit's own words, in Indonesian: its widgets, menus and dialogs offer no language of their own.
//
// Only whole texts that stand here are exchanged, as they appear; what the pages write stays as it is.

// Of an upload that the server refuses, Streamlit tells the number only.
const REFUSED_UPLOADS = {
  403: "Halaman ini tidak menerima berkas. Muat ulang halaman, lalu pilih berkas itu lagi.",
  408: "Pengiriman terhenti terlalu lama. Periksa jaringan, lalu kirim lagi.",
  409: "Berkas lain dari tab ini masih dikirim. Tunggu sampai selesai, lalu kirim lagi.",
  413: "Berkas terlalu besar. Bagi menjadi beberapa berkas, lalu kirim satu per satu.",
  503: "Server sedang menerima berkas dari tab lain. Tunggu sebentar, lalu kirim lagi.",
  507:
    "Server masih menyimpan terlalu banyak berkas dari tab lain. Tutup tab yang tidak dipakai, " +
    "tunggu dua menit, lalu kirim lagi.",
};
const TEXTS = new Map(
  Object.entries({
    ...Object.fromEntries(
      Object.entries(REFUSED_UPLOADS).map(([status, words]) => [
        `AxiosError: Request failed with status code ${status}`,
        words,
      ]),
    ),
    "AxiosError: Network Error": "Sambungan ke server terputus. Periksa jaringan, lalu kirim lagi.",
    "Skip to main content": "Langsung ke isi",
    "No results": "Tidak ada yang cocok",
    "Press Enter to apply": "Tekan Enter untuk memakai",
    "Page not found": "Halaman tidak ditemukan",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Tidak ada halaman di alamat itu. Yang ditampilkan adalah Ringkasan.",
    "Connection error": "Sambungan terputus",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Server tidak menjawab. Halaman tersambung lagi dengan sendirinya begitu server kembali; " +
      "bila lama, periksa jaringan atau hubungi pengelola.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Server tidak menjawab. Bila terhenti, jalankan lagi di komputer server:",
    "streamlit run yourscript.py": "make run",
    "Only one file is allowed.": "Hanya satu berkas sekaligus.",
    "Unexpected error. Please try again.": "Terjadi kesalahan. Coba lagi.",
    "Upload failed": "Berkas gagal dikirim",
    "Number is above the allowed range.": "Angka terlalu besar.",
    "Number is below the allowed range.": "Angka terlalu kecil.",
  }),
);
const LABELS = new Map(
  Object.entries({
    "Add files": "Pilih berkas lain",
    "App pages": "Halaman",
    "Choose an option": "Pilih satu",
    "Clear all": "Hapus semua pilihan",
    "Click to retry upload": "Klik untuk mengirim lagi",
    "Collapse sidebar": "Tutup menu",
    "Expand sidebar": "Buka menu",
    "file upload": "Berkas untuk dikirim",
    "Selected values": "Yang dipilih",
    "streamlit_folium.st_folium": "Peta lapangan",
    "Show suggestions": "Tampilkan pilihan",
    Close: "Tutup",
    Decrement: "Kurangi",
    Dismiss: "Tutup",
    Increment: "Tambah",
    Open: "Buka pilihan",
    Sidebar: "Menu",
    Suggestions: "Pilihan",
  }),
);
const TEXT_PATTERNS = [
  [/^(\d+) options? available\.$/, "$1 pilihan tersedia."],
  [/^(.+), selected$/, "$1, dipilih"],
  [/^([\d.]+)\s?MB per file$/, "Paling besar $1 MB per berkas"],
  [/^File must be ([\d.]+)\s?MB or smaller\.$/, "Berkas paling besar $1 MB."],
  [/^(\S*) files are not allowed\.$/, "Jenis berkas ini tidak diterima."],
  [/^AxiosError: .*$/, "Berkas gagal dikirim. Muat ulang halaman, lalu kirim lagi."],
  [/^Number is .* less than or equal to (.+)\.$/, "Angka paling besar $1."],
  [/^Number is .* greater than or equal to (.+)\.$/, "Angka paling kecil $1."],
  [/^Number is .* between (.+) and (.+)\.$/, "Angka antara $1 dan $2."],
];
const LABEL_PATTERNS = [
  [/^Remove (.+)$/, "Hapus $1"],
  [/^Cancel upload of (.+)$/, "Batalkan pengiriman $1"],
];
// Words too short to be known by themselves are known by their place.
const UPLOAD_BUTTON = '[data-testid="stFileUploaderDropzone"] button';
const ERROR = "Error: ";
// Why a file is refused stands in its own chip; what to bring instead depends on what is read there.
const REFUSED_FILE = '[data-testid="stFileChip"][aria-invalid="true"]';
const TABLES = ".xlsx";
const INSTEAD_OF_TABLES =
  "Yang dibaca di sini adalah tabel: buka atau ketik isinya di Excel atau LibreOffice, simpan sebagai .xlsx, lalu " +
  "pilih berkas itu. Templat tersedia di atas.";
const INSTEAD_OF_MAPS =
  "Yang dibaca di sini adalah peta digital, bukan gambar peta: minta berkas petanya kepada pemberi data, misalnya " +
  "GeoJSON, GeoPackage, atau Shapefile dalam .zip.";
const ATTRIBUTES = ["aria-label", "title", "placeholder"];

function inIndonesian(text, whole, patterns) {
  const known = whole.get(text);
  if (known) return known;
  if (text.startsWith(ERROR)) return `Kesalahan: ${inIndonesian(text.slice(ERROR.length), whole, patterns)}`;
  const [pattern, words] = patterns.find(([each]) => each.test(text)) ?? [];
  return pattern ? text.replace(pattern, words) : text;
}

function refusal(words, chip) {
  const name = chip.querySelector('[data-testid="stFileChipName"]')?.title ?? "";
  const isKind = words.includes("Jenis berkas");
  const accepted = chip.closest('[data-testid="stFileUploader"]')?.querySelector("input[type=file]")?.accept ?? "";
  const instead = accepted.includes(TABLES) ? INSTEAD_OF_TABLES : INSTEAD_OF_MAPS;
  return `Berkas “${name}” tidak dikirim. ${words.replace(/^Kesalahan: /, "")}${isKind ? ` ${instead}` : ""}`;
}

function exchangeText(node) {
  let words = inIndonesian(node.data, TEXTS, TEXT_PATTERNS);
  const refused = words !== node.data && node.data !== ERROR && node.parentElement?.closest(REFUSED_FILE);
  if (refused) words = refusal(words, refused);
  if (words === "Upload" && node.parentElement?.closest(UPLOAD_BUTTON)) words = "Pilih berkas";
  if (words !== node.data) node.data = words;
}

function exchangeLabels(element) {
  for (const name of ATTRIBUTES) {
    const label = element.getAttribute(name);
    const words = label && inIndonesian(label, LABELS, LABEL_PATTERNS);
    if (label !== words) element.setAttribute(name, words);
  }
}

function exchange(root) {
  if (root.nodeType === Node.TEXT_NODE) return exchangeText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = nodes.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) exchangeText(node);
    else exchangeLabels(node);
  }
}

new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "childList") addedNodes.forEach(exchange);
    else if (type === "characterData") exchangeText(target);
    else exchangeLabels(target);
  }
}).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ATTRIBUTES,
});
exchange(document.body);
