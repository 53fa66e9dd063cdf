"use strict";
// The page is whole without this. It adds: explanations where the reader is, copying, hiding the score.
(() => {
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const target = (link) => at(link.getAttribute("href").slice(1));
  let chosen = null;
  let held = false;  // the press began on the chosen sentence: the click closes it
  let quiet = false;  // focus that is to choose nothing: of a press, whose click will choose, and of closing

  root.classList.add("js");
  at("tools").hidden = false;

  function choose(sentence) {
    if (chosen === sentence) return;
    for (const [old, open] of [[chosen, false], [sentence, true]]) {
      if (!old) continue;
      old.setAttribute("aria-expanded", String(open));
      target(old).classList.toggle("open", open);
    }
    root.classList.toggle("choosing", sentence !== null);
    chosen = sentence;
    for (const shown of sentence ? [target(sentence), sentence] : []) shown.scrollIntoView({ block: "nearest" });
  }

  for (const sentence of document.querySelectorAll("a.s")) {
    sentence.setAttribute("role", "button");
    sentence.setAttribute("aria-expanded", "false");
    sentence.setAttribute("aria-controls", target(sentence).id);
    sentence.addEventListener("pointerdown", () => { held = chosen === sentence; quiet = true; });
    sentence.addEventListener("focus", () => { if (!quiet) choose(sentence); });
    sentence.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); sentence.click(); }
    });
    sentence.addEventListener("click", (event) => {
      event.preventDefault();
      const again = held;
      held = false;
      choose(again ? null : sentence);
      if (event.detail === 0) target(sentence).focus();  // by keyboard: go on reading there
    });
  }

  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { quiet = false; });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen) close();
  });

  function close() {
    const sentence = chosen;
    choose(null);
    quiet = true;
    sentence.focus({ preventScroll: true });
    quiet = false;
  }

  // links inside the page; a frame in a notebook would take "#…" for an address of the notebook
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]:not(.s)');
    if (!link) return;
    event.preventDefault();
    const goal = target(link);
    if (link.classList.contains("back") && goal === chosen) { close(); return; }
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "center" });
  });

  const hide = at("hide");
  if (hide) {
    hide.addEventListener("click", () => {
      const hidden = root.classList.toggle("no-score");
      hide.setAttribute("aria-pressed", String(hidden));
    });
  }

  function markdown() {
    const shown = [...at("markdown").children].filter((piece) => !(piece.classList.contains("score") && root.classList.contains("no-score")));
    return shown.map((piece) => piece.textContent).join("");
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      at("copy").focus();
      return done;
    }
  }

  at("copy").addEventListener("click", async () => {
    at("status").textContent = (await copied(markdown())) ? "Copied." : "The browser does not allow copying here.";
  });

  const named = [...document.querySelectorAll("a.s")].find((sentence) => sentence.hash === location.hash);
  if (named) choose(named);
})();
