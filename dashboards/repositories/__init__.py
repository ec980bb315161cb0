"""The one way to published data: SQL lives here, and every query passes the row filter. No Streamlit, no writing."""
