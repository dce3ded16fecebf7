"use strict";
// Shows in the panel what was read where the pointer or the keyboard is; without it the lists below the sections say the same.
(() => {
  const panel = document.querySelector("#panel .readings");
  const hint = document.querySelector("#panel .hint");
  const text = document.getElementById("text");
  let pinned = null;
  let lit = [];

  const shown = (mark) => document.getElementById("on-" + kindOf(mark)).checked;
  const kindOf = (mark) => mark.classList[1];

  function marksAt(node) {
    const marks = [];
    for (let mark = node.closest("mark"); mark; mark = mark.parentElement.closest("mark")) {
      if (shown(mark)) marks.push(mark);
    }
    return marks;
  }

  function show(marks) {
    for (const mark of lit) mark.classList.remove("lit");
    lit = marks;
    for (const mark of lit) mark.classList.add("lit");
    const numbers = new Set(marks.flatMap((mark) => mark.dataset.r.split(" ")));
    panel.replaceChildren();
    for (const number of numbers) {
      const note = document.getElementById("r" + number);
      if (!note) continue;
      const copy = document.createElement("div");
      copy.className = note.className;
      for (const child of note.childNodes) copy.append(child.cloneNode(true));
      panel.append(copy);
    }
    hint.hidden = numbers.size > 0;
  }

  function preview(event) {
    if (pinned) return;
    const marks = marksAt(event.target);
    if (marks.length) show(marks);
  }

  function pin(event) {
    const marks = marksAt(event.target);
    pinned = marks.length ? marks[0] : null;
    if (marks.length) show(marks);
  }

  function step(forward) {
    const heads = [...text.querySelectorAll("mark.h")].filter(shown);
    const here = document.activeElement.closest("mark.h");
    let at = heads.indexOf(here);
    at = at < 0 ? (forward ? 0 : heads.length - 1) : at + (forward ? 1 : -1);
    if (heads[at]) heads[at].focus();
  }

  text.addEventListener("mouseover", preview);
  text.addEventListener("focusin", (event) => { pinned = null; preview(event); });
  text.addEventListener("click", pin);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (event.key === "Escape") { pinned = null; show([]); }
    if (event.key === "n") step(true);
    if (event.key === "p") step(false);
  });
  function follow() {
    const mark = document.getElementById(location.hash.slice(1));
    if (mark && mark.matches("mark")) { pinned = mark; show(marksAt(mark)); }
  }

  window.addEventListener("hashchange", follow);
  for (const box of document.querySelectorAll(".legend input")) {
    const set = () => {
      for (const mark of text.querySelectorAll("mark.h." + box.dataset.kind)) mark.tabIndex = box.checked ? 0 : -1;
    };
    box.addEventListener("change", set);
    set();
  }
  follow();
})();
