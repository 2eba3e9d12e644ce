"""What happened: read, keep and count programme data. Knows no Streamlit."""
