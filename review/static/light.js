// A field and its places on the pages belong together: one lights up with the other.
import {group, rect} from "/static/pages.js";

const AIR = 2.5; // points between a text and the frame around it

export class Light {
  constructor(pages) {
    this.pages = pages;
    const {scroll} = pages;
    document.addEventListener("focusin", event => this.focused(event));
    document.addEventListener("mouseover", event => this.hovered(event));
    document.addEventListener("click", event => this.clicked(event));
    scroll.addEventListener("click", event => this.pointed(event));
    document.addEventListener("input", event => {
      if (event.target.matches("[data-cut]")) this.cut(event.target);
    });
  }

  // The whole record stays marked; its pages come into sight.
  record(scroll) {
    this.clear("here");
    const boxes = [...document.querySelectorAll("#fields [data-places]")].flatMap(placesOf);
    for (const [page, ...box] of boxes) this.put("here", page, box, "here", AIR / 2);
    const [text] = placesOf(document.getElementById("field-text"));
    const first = text ?? boxes.sort((one, other) => one[0] - other[0] || one[2] - other[2])[0];
    this.light(null);
    if (scroll && first) this.pages.show(first[0], first[2]);
  }

  light(element, kind = "lit") {
    this.clear(kind);
    for (const [page, ...box] of element ? placesOf(element) : []) this.put(kind, page, box, kind, AIR);
  }

  put(layer, number, box, kind, air = 0) {
    const page = this.pages.page(number);
    if (!page) return;
    const width = Number(page.dataset.width);
    const [x0, y0, x1, y1] = box;
    group(page, layer).append(rect([x0, y0, Math.min(x1, width), y1], kind, air));
  }

  clear(layer) {
    for (const one of this.pages.scroll.querySelectorAll(`g.${layer}`)) one.replaceChildren();
  }

  focused(event) {
    const holder = event.target.closest?.("[data-places]");
    if (!holder) return;
    this.light(holder);
    const places = placesOf(holder);
    if (places.length && !places.some(([page, ...box]) => this.pages.isSeen(page, box))) {
      this.pages.show(places[0][0], places[0][2]);
    }
  }

  hovered(event) {
    const holder = event.target.closest?.("[data-places]");
    if (holder === this.over) return;
    this.over = holder;
    this.light(holder, "hovered");
  }

  // "p 4": that page; an issue: its field.
  clicked(event) {
    const link = event.target.closest("button[data-page]");
    if (link) {
      const [place] = placesOf(link.closest("[data-places]")).filter(one => one[0] === Number(link.dataset.page));
      this.pages.show(Number(link.dataset.page), place?.[2]);
    }
    const field = event.target.closest("[data-focus]");
    if (field) focusField(field.dataset.focus);
    if (event.target.closest("[data-edit]")) focusField();
  }

  pointed(event) {
    const page = event.target.closest(".page");
    if (!page) return;
    const box = page.querySelector("svg").getBoundingClientRect();
    const scale = Number(page.dataset.width) / box.width;
    const found = this.pages.at(page, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale);
    if (!found) return;
    const record = document.getElementById("record");
    if (found.key === record.dataset.key) return focusField(found.field);
    this.wanted = found.field;
    const base = record.dataset.base.replace(/[^/]*$/, encodeURIComponent(found.key));
    window.htmx.ajax("GET", base, {target: "#record", swap: "outerHTML"});
  }

  // A line over the row that is about to be split.
  cut(slider) {
    this.clear("cut");
    const page = Number(slider.dataset.cut), y = Number(slider.value);
    this.put("cut", page, [0, y - 0.75, 10000, y + 0.75], "cut");
    if (!this.pages.isSeen(page, [0, y])) this.pages.show(page, y);
  }
}

export function focusField(name) {
  const field = name ? document.getElementById(`field-${name.split(".")[0]}`)
    : document.querySelector(".field.doubtful") ?? document.querySelector(".field");
  const entry = name && field?.querySelector(`[data-path="${CSS.escape(name)}"]`);
  (entry || field?.querySelector(".body input, .body textarea, .body select"))?.focus();
}

function placesOf(element) {
  return JSON.parse(element?.dataset.places || "[]");
}
