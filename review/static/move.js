// A piece of text, selected in one field, is moved into another.

export function watchSelection() {
  document.addEventListener("selectionchange", () => offer(document.activeElement));
  document.addEventListener("select", event => offer(event.target));
  document.addEventListener("click", event => {
    if (event.target.id === "move-go") move();
  });
}

let source = null;

function offer(field) {
  const bar = document.getElementById("move");
  if (!bar || !field?.matches?.("[data-saved]")) return;
  cursor(field);
  const {selectionStart: from, selectionEnd: to} = field;
  if (from === to) {
    bar.hidden = true;
    return;
  }
  source = {path: field.dataset.path, from: count(field.value, from), to: count(field.value, to)};
  if (bar.previousElementSibling !== field.closest(".entry")) field.closest(".entry").after(bar);
  bar.hidden = false;
}

// Where the record's text would be split in two.
function cursor(field) {
  const place = document.getElementById("text-at");
  if (!place || field.dataset.path !== "text") return;
  const at = field.selectionStart;
  const inside = at > 0 && at < field.value.length;
  place.value = inside ? count(field.value, at) : "";
  document.getElementById("text-at-shown").value = inside
    ? `before “${field.value.slice(at, at + 40).trim()}…”` : "nowhere: all of it stays here";
}

// Characters, as the desk counts them: the browser counts some as two.
function count(text, end) {
  return [...text.slice(0, end)].length;
}

function move() {
  const record = document.getElementById("record");
  const values = {
    op: "move_text", path: source.path, start: source.from, end: source.to,
    target: document.getElementById("move-target").value,
  };
  window.htmx.ajax("POST", `${record.dataset.base}/edit`, {source: "#record", target: "#told", values});
}
