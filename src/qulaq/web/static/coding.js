// Shortcuts on the screen of a unit. Without this file everything works by mouse, touch and Tab.
"use strict";

const questions = [...document.querySelectorAll("fieldset.code")];
let marked = 0;

function mark(place) {
  marked = Math.max(0, Math.min(place, questions.length - 1));
  questions.forEach((one, n) => one.classList.toggle("marked", n === marked));
  questions[marked]?.scrollIntoView({ block: "nearest" });
}

function firstOpen() {
  const open = questions.findIndex((one) => !one.querySelector('[name^="code."]:checked'));
  mark(open < 0 ? questions.length - 1 : open);
}

function choose(key) {
  const box = questions[marked]?.querySelector(`[data-key="${key}"]`);
  if (!box) return false;
  box.click();
  return true;
}

// By place on the keyboard, not by letter: the same keys in every layout.
function keyOf(event) {
  const told = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code);
  return told ? (told[1] ?? told[2]).toLowerCase() : event.key;
}

const doing = {
  ArrowDown: () => mark(marked + 1),
  ArrowUp: () => mark(marked - 1),
  Enter: () => document.querySelector("button.save")?.click(),
  u: () => questions[marked]?.querySelector('[name^="unsure."]')?.click(),
  s: () => document.querySelector("a.skip")?.click(),
  z: () => document.querySelector("form.undo")?.requestSubmit(),
};

document.addEventListener("keydown", (event) => {
  const writes = event.target.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches("a, button, summary")) return;
  const key = keyOf(event);
  const done = doing[key] ? (doing[key](), true) : choose(key);
  if (done) event.preventDefault();
});

// One question stands open; of the others only what is chosen is seen.
questions.forEach((one, n) => {
  one.tabIndex = 0;
  for (const event of ["focusin", "click"]) one.addEventListener(event, () => mark(n));
  one.addEventListener("change", ({ target }) => {
    if (target.type === "radio") setTimeout(() => mark(n + 1));
  });
});
document.querySelector("form.coding")?.classList.add("stepped");
if (questions.length) firstOpen();
