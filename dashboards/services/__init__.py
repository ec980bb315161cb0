"""What the pages show, as plain frames and texts. Polars only: no Streamlit, no SQL."""
