"""The button that copies the address of the view at hand. Not here: what stands in the address (filters.py)."""

from html import escape

import streamlit as st

from dashboards.services.language import say

# On an intranet without https a browser has no clipboard for scripts; then the older way is taken.
_BUTTON = """<button type="button" class="yd-copy" data-done="{done}">{label}</button><script>
for (const button of document.querySelectorAll('.yd-copy')) button.onclick = async () => {{
  const label = button.textContent
  try {{ await navigator.clipboard.writeText(location.href) }} catch {{
    const field = document.body.appendChild(document.createElement('textarea'))
    field.value = location.href
    field.select()
    document.execCommand('copy')
    field.remove()
  }}
  button.textContent = button.dataset.done
  setTimeout(() => {{ button.textContent = label }}, 2000)
}}
</script>"""


def offer_link() -> None:
    """Below the menu, on every page."""
    text = _BUTTON.format(done=escape(say("链接已复制")), label=escape(say("复制本页链接")))
    with st.sidebar:
        st.html(text, unsafe_allow_javascript=True)
