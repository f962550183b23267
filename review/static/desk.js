// What every page has: keys, dialogs, and that nothing typed is lost when a part is drawn anew.

const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=range]):not([type=button]), textarea, select, [contenteditable]";

const TOLD = 6000; // milliseconds that a message stands over the page

function told(text) {
  document.getElementById("told").textContent = text;
}

let fading = 0;
new MutationObserver(() => {
  const line = document.getElementById("told");
  clearTimeout(fading);
  line.classList.remove("faded");
  fading = setTimeout(() => line.classList.add("faded"), TOLD);
}).observe(document.getElementById("told"), {childList: true, characterData: true, subtree: true});

// ---- keys -------------------------------------------------------------------------------------

function isShown(element) {
  return element.getClientRects().length > 0;
}

function commandFor(key) {
  const all = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  return [...all].find(isShown);
}

document.addEventListener("keydown", event => {
  if (event.key === "Escape" && event.target.matches(TYPING) && !event.target.closest("dialog")) {
    leave(event.target);
    return;
  }
  if (document.body.dataset.shortcuts !== "on" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches(TYPING) || event.repeat || document.querySelector("dialog[open]")) return;
  const command = commandFor(event.key === "=" ? "+" : event.key);
  if (!command || command.getAttribute("aria-disabled") === "true") return;
  event.preventDefault();
  window.htmx.process(command); // it may have been drawn this very moment
  command.click();
});

// Out of a field, to where single letters are commands again; leaving it saves it.
function leave(field) {
  const home = field.closest("[data-field]")?.querySelector(".marks button")
    ?? document.getElementById("record-title") ?? document.getElementById("main");
  field.blur();
  home.focus({preventScroll: true});
}

// ---- dialogs ----------------------------------------------------------------------------------

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.open);
    dialog.showModal();
    dialog.querySelector("[data-first]").focus();
  }
  if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  if (event.target.closest("[data-reload]")) {
    event.preventDefault();
    location.reload();
  }
});

document.addEventListener("htmx:afterRequest", event => {
  event.target.closest?.("dialog")?.close();
});

// ---- one after the other -------------------------------------------------------------------------

// What changes something, and what leads away, waits for what was sent before: each edit carries the
// version that the one before it brought. Its button may have been drawn anew meanwhile; then it is
// the new one that is pressed.
const waiting = [];
let sending = null;

document.addEventListener("htmx:confirm", event => {
  const {elt, issueRequest} = event.detail;
  if (!elt.closest("main") || elt.matches("[data-aside]")) return;
  if (sending) {
    event.preventDefault();
    waiting.push(() => {
      if (!elt.isConnected) return repeat(elt);
      sending = elt;
      issueRequest(true);
    });
  } else {
    sending = elt;
  }
});

function repeat(elt) {
  const now = elt.id && document.getElementById(elt.id);
  if (!now) return told("That came too soon: please do it again");
  window.htmx.process(now); // it would do so in a moment by itself
  if (now.matches("button")) now.click();
  else window.htmx.trigger(now, now.matches("form") ? "submit" : "change");
}

function sent(event) {
  if (event.detail.requestConfig?.elt !== sending) return;
  sending = null;
  waiting.shift()?.();
}

document.addEventListener("htmx:afterRequest", sent);

// ---- parts drawn anew --------------------------------------------------------------------------

// A part may be replaced while somebody types in it, or has opened a list in it: what was typed since
// it was drawn, the place of the cursor and what was open go over into the new part.
const carried = {typed: new Map(), open: new Set(), focus: null};
let sender = null; // what the answer belongs to: a form that was sent starts empty again
document.addEventListener("htmx:beforeRequest", event => { sender = event.target; });

function remember(root) {
  for (const field of root.querySelectorAll("input[type=text][id], textarea[id]")) {
    const isSent = sender?.matches?.("form") && sender.contains(field);
    if (field.value !== field.defaultValue && field === document.activeElement && !isSent) {
      carried.typed.set(field.id, field.value);
    }
  }
  for (const one of root.querySelectorAll("details[id]")) {
    if (one.open) carried.open.add(one.id);
  }
  const active = document.activeElement;
  if (active?.id && root.contains(active)) {
    carried.focus = {id: active.id, from: active.selectionStart, to: active.selectionEnd};
  }
}

function restore(root) {
  for (const [id, value] of carried.typed) {
    const field = root.querySelector(`#${CSS.escape(id)}`);
    if (field) field.value = value;
  }
  for (const id of carried.open) {
    const one = root.querySelector(`details#${CSS.escape(id)}`);
    if (one) one.open = true;
  }
  const focus = carried.focus;
  if (focus && document.activeElement === document.body) {
    const field = document.getElementById(focus.id);
    field?.focus({preventScroll: true});
    if (field && focus.from !== null && field.setSelectionRange) {
      field.setSelectionRange(focus.from, focus.to);
    }
  }
  carried.typed.clear();
  carried.open.clear();
  carried.focus = null;
}

document.addEventListener("htmx:oobBeforeSwap", event => remember(event.detail.target));
document.addEventListener("htmx:oobAfterSwap", () => restore(document));

// ---- what a text area needs ---------------------------------------------------------------------

// As high as its text, where the browser cannot do that by itself.
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
}

document.addEventListener("input", event => {
  if (event.target.matches("textarea")) grow(event.target);
});

// ---- trouble -------------------------------------------------------------------------------------

document.addEventListener("htmx:sendError", () => {
  told("The desk does not answer: is it still running? What you typed is not saved yet.");
});
document.addEventListener("htmx:responseError", event => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  told(page.body.textContent.trim().replace(/\s+/g, " ") || "The desk could not do this.");
});
window.addEventListener("beforeunload", event => {
  const field = document.activeElement;
  if (field?.matches?.("[data-saved]") && field.value !== field.defaultValue) event.preventDefault();
});
// A saved field is as it was drawn: leaving the page then asks nothing.
document.addEventListener("htmx:afterRequest", event => {
  if (event.detail.successful && event.target.matches?.("[data-saved]")) {
    const sent = event.detail.requestConfig.parameters;
    event.target.defaultValue = (sent.get ? sent.get("text") : sent.text) ?? event.target.value;
  }
});

document.documentElement.dataset.ready = "";
export {told, isShown};
