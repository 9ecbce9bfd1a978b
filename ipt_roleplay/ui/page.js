() => {
  // The newest line of the talk stays in view; each new screen starts at its top.
  const scroll = () => {
    const talk = document.querySelector("#transcript .talk");
    if (talk) talk.scrollTop = talk.scrollHeight;
  };
  let shown = "";
  const watch = () => {
    scroll();
    const open = [...document.querySelectorAll("[id^=screen-]")].find((one) => one.offsetParent !== null);
    if (open && open.id !== shown) {
      shown = open.id;
      window.scrollTo({ top: 0 });
    }
  };
  new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
  // Leaving at once: nothing stays on the screen, in "back" or in this browser's memory.
  const leave = () => {
    const exit = document.querySelector("#quick-exit");
    if (!exit) return;
    localStorage.removeItem("ipt_session");
    document.body.style.display = "none";
    document.title = "";
    window.location.replace(exit.href);
  };
  let shifts = [];
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#quick-exit")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keyup", (event) => {
    const now = Date.now();
    shifts = event.key === "Shift" ? [...shifts.filter((one) => now - one < 2000), now] : [];
    if (shifts.length >= 3) leave();
  });
  // Enter sends; Shift+Enter makes a new line, which Gradio would take for sending.
  document.addEventListener(
    "keydown",
    (event) => {
      const box = event.target.closest && event.target.closest("#box textarea");
      if (!box || event.key !== "Enter" || event.isComposing) return;
      event.stopPropagation();
      event.preventDefault();
      const send = document.querySelector("#send");
      if (event.shiftKey) document.execCommand("insertText", false, "\n");
      else if (send && !send.disabled) send.click();
    },
    true
  );
}
