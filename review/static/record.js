// The screen of a record: its pages at the left, its form at the right.
import {told} from "/static/desk.js";
import {Light, focusField} from "/static/light.js";
import {watchSelection} from "/static/move.js";
import {Pages} from "/static/pages.js";
import {send} from "/static/upload.js";

const section = document.querySelector(".pages[data-url]");
const pages = section && new Pages(section);
const light = pages && new Light(pages);
watchSelection();
light?.record(true);

// Another record, or the same one after an edit that changed more than one field.
document.addEventListener("htmx:afterSettle", event => {
  const record = document.getElementById("record");
  if (event.target !== record && event.detail.elt !== record) return;
  const isOther = record.dataset.key !== shownKey;
  shownKey = record.dataset.key;
  document.title = `${record.dataset.title} – Review desk`;
  pages?.refresh();
  light?.record(isOther);
  if (!isOther) return;
  document.querySelector(".form").scrollTop = 0;
  if (light?.wanted) focusField(light.wanted);
  else document.getElementById("record-title").focus({preventScroll: true});
  if (light) light.wanted = null;
});
let shownKey = document.getElementById("record").dataset.key;

// The way back of the browser: addresses were pushed for parts of a page.
window.addEventListener("popstate", () => location.reload());

const attach = document.querySelector("[data-attach]");
attach?.addEventListener("change", async () => {
  const answer = await send(attach.dataset.attach, attach.files[0], () => {});
  if (answer.status === 204) return location.reload();
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  const text = page.querySelector("#refused")?.textContent ?? page.body.textContent;
  document.getElementById("attached").textContent = text.trim().replace(/\s+/g, " ");
  told("This PDF was not taken");
});

document.documentElement.dataset.ready = "record";
