"""A page that shows every payload wherever Streamlit takes Markdown, for a browser to look at."""

import streamlit as st

from pages.components import charts
from pages.components.escaping import html_text, label_text, markdown_label, markdown_text
from tests.payloads import PAYLOADS

BARS = 12

with st.container(key="isi"):
    for payload in PAYLOADS:
        st.caption(markdown_text(payload))
        st.success(markdown_text(f"Awal {payload} akhir"), icon="")
        st.html(f'<p class="html" title="{html_text(payload)}">{html_text(payload)}</p>')
with st.container(key="label"):
    labels = [markdown_label(payload) for payload in PAYLOADS]
    for place, label in enumerate(labels):
        st.button(label, key=f"tombol_{place}")
    st.radio("Jawaban", labels)
    st.selectbox("Pilihan", [label_text(payload) for payload in PAYLOADS], key="pilihan")
for place in range(0, len(PAYLOADS), BARS):
    names = PAYLOADS[place : place + BARS]
    figure = charts.ranked_bars(names, range(len(names), 0, -1), "cases", "laporan")
    charts.show(figure, key=f"bagan_{place}", alt="")
st.html('<footer class="foot">selesai</footer>')
