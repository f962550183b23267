// The pages of the document in one long scroll: each has its place from the beginning, its picture
// is fetched when it comes near, as sharp as the screen can show it, and let go when it is far.

const SVG = "http://www.w3.org/2000/svg";
const LEAST = 0.25, MOST = 4, STEP = 1.25;

export class Pages {
  constructor(section) {
    this.url = section.dataset.url;
    this.scroll = section.querySelector(".scroll");
    this.shown = section.querySelector("#zoom");
    this.goto = section.querySelector("#goto");
    this.all = [...this.scroll.querySelectorAll(".page")];
    this.near = new Set();
    this.zoom = 1;
    this.marks = new Map(); // the latest that are known; they stay until there are newer ones
    this.asked = new Set();
    this.watch();
    section.addEventListener("click", event => this.command(event));
    this.goto.addEventListener("change", () => this.show(Number(this.goto.value)));
    this.scroll.addEventListener("scroll", () => this.number(), {passive: true});
    new ResizeObserver(() => this.sharpen()).observe(this.scroll);
  }

  page(number) {
    return this.all[number - 1];
  }

  // ---- pictures ----

  watch() {
    const root = this.scroll;
    const near = new IntersectionObserver(seen => {
      // What is on the screen comes before what is next to it.
      const away = one => Math.abs(one.boundingClientRect.top + one.boundingClientRect.bottom - root.clientHeight);
      for (const one of seen.sort((first, second) => away(first) - away(second))) {
        if (one.isIntersecting) this.near.add(one.target);
        else this.near.delete(one.target);
        if (one.isIntersecting) this.fetch(one.target);
      }
    }, {root, rootMargin: "100% 0px"});
    const far = new IntersectionObserver(seen => {
      for (const one of seen) if (!one.isIntersecting) this.forget(one.target);
    }, {root, rootMargin: "600% 0px"});
    for (const page of this.all) {
      near.observe(page);
      far.observe(page);
    }
  }

  // Pixels a point that the picture of a page needs now.
  needed(page) {
    return page.clientWidth * window.devicePixelRatio / Number(page.dataset.width);
  }

  fetch(page) {
    const needed = this.needed(page);
    if (page.classList.contains("loading")) return;
    if (Number(page.dataset.scale ?? 0) >= needed * 0.99) return this.mark(page);
    const picture = new Image();
    page.classList.add("loading");
    picture.alt = page.querySelector("img").alt;
    picture.src = `${this.url}/${page.dataset.page}.png?scale=${needed.toFixed(3)}`;
    picture.decode().then(() => {
      this.settle(page, picture);
      page.dataset.scale = picture.naturalWidth / Number(page.dataset.width);
      page.querySelector("img").replaceWith(picture);
      page.classList.remove("loading", "failed");
    }, () => {
      page.classList.remove("loading");
      page.classList.add("failed");
      page.dataset.scale = Infinity;
    }).finally(() => this.mark(page)); // the tables are read from the PDF, which takes a core: the page comes first
  }

  // A page that the file has lying on its side is drawn upright: its place is turned with it.
  settle(page, picture) {
    const {width, height} = page.dataset;
    const turned = (picture.naturalWidth > picture.naturalHeight) !== (Number(width) > Number(height));
    if (!turned || picture.naturalWidth === picture.naturalHeight) return;
    page.dataset.width = height;
    page.dataset.height = width;
    page.querySelector("svg").setAttribute("viewBox", `0 0 ${height} ${width}`);
  }

  forget(page) {
    const old = page.querySelector("img");
    if (!old.src) return;
    const empty = document.createElement("img");
    empty.alt = old.alt;
    empty.hidden = true;
    old.replaceWith(empty);
    delete page.dataset.scale;
  }

  sharpen() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.near.forEach(page => this.fetch(page)), 120);
  }

  // ---- what lies on a page ----

  async mark(page) {
    const number = Number(page.dataset.page);
    if (this.asked.has(number)) return;
    this.asked.add(number);
    try {
      const answer = await fetch(`${this.url}/${number}/marks`, {headers: {"HX-Request": "true"}});
      if (!answer.ok) return;
      const marks = await answer.json();
      this.marks.set(number, marks);
      this.draw(page, marks);
      if (marks.wait) {
        setTimeout(() => {
          this.asked.delete(number);
          if (this.near.has(page)) this.mark(page);
        }, 800);
      }
    } catch {
      this.asked.delete(number);
    }
  }

  draw(page, marks) {
    const layer = group(page, "marks");
    layer.replaceChildren();
    for (const cell of marks.tables?.cells ?? []) layer.append(rect(cell.bbox, "cell"));
    for (const box of marks.tables?.loose ?? []) layer.append(rect(box, "loose"));
    for (const field of marks.fields) layer.append(rect(field.box, field.doubt ? "value doubt" : "value"));
    for (const join of marks.tables?.joins ?? []) {
      const [x0, y0, x1] = join.bbox;
      layer.append(rect([x0, y0 - 2, x1, y0 + 2], join.joined ? "break joined" : "break refused"));
      layer.append(label(x0 + 2, y0 - 4, join.joined ? "row goes on" : "new row", join.joined ? "joined" : "refused"));
    }
  }

  // All marks anew, after an edit that changed rows or fields.
  refresh() {
    this.asked.clear();
    this.near.forEach(page => this.mark(page));
  }

  // The smallest field, or else cell, at a place of a page.
  at(page, x, y) {
    const marks = this.marks.get(Number(page.dataset.page));
    const fields = (marks?.fields ?? []).filter(one => holds(one.box, x, y));
    const cells = (marks?.tables?.cells ?? []).filter(one => one.key && holds(one.bbox, x, y));
    return smallest(fields, one => one.box) ?? smallest(cells, one => one.bbox);
  }

  // ---- moving about ----

  show(number, top = 0) {
    const page = this.page(Math.min(Math.max(number, 1), this.all.length));
    const scale = page.clientWidth / Number(page.dataset.width);
    this.scroll.scrollTop = page.offsetTop + top * scale - (top ? this.scroll.clientHeight / 4 : 4);
  }

  // Whether a box can be seen without scrolling.
  isSeen(number, box) {
    const page = this.page(number);
    const scale = page.clientWidth / Number(page.dataset.width);
    const top = page.offsetTop + box[1] * scale - this.scroll.scrollTop;
    return top > 0 && top < this.scroll.clientHeight - 40;
  }

  number() {
    const middle = this.scroll.scrollTop + this.scroll.clientHeight / 3;
    const page = this.all.find(one => one.offsetTop + one.offsetHeight > middle);
    if (page && document.activeElement !== this.goto) this.goto.value = page.dataset.page;
  }

  command(event) {
    const button = event.target.closest("button");
    if (button?.dataset.zoom) this.zoomTo(button.dataset.zoom);
    if (button?.dataset.toggle) {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      this.scroll.classList.toggle(`without-${button.dataset.toggle}`, !on);
      this.scroll.classList.toggle(`with-${button.dataset.toggle}`, on);
    }
  }

  zoomTo(how) {
    const {scroll} = this;
    const factor = how === "in" ? STEP : how === "out" ? 1 / STEP : 1 / this.zoom;
    const zoom = Math.min(Math.max(this.zoom * factor, LEAST), MOST);
    const by = zoom / this.zoom;
    // What is in the middle stays there.
    const x = (scroll.scrollLeft + scroll.clientWidth / 2) * by - scroll.clientWidth / 2;
    const y = (scroll.scrollTop + scroll.clientHeight / 2) * by - scroll.clientHeight / 2;
    this.zoom = zoom;
    scroll.style.setProperty("--zoom", zoom);
    scroll.scrollTo(x, y);
    this.shown.value = `${Math.round(zoom * 100)} %`;
    this.sharpen();
  }
}

export function group(page, name) {
  const svg = page.querySelector("svg");
  let found = svg.querySelector(`g.${name}`);
  if (!found) {
    found = document.createElementNS(SVG, "g");
    found.setAttribute("class", name);
    svg.append(found);
  }
  return found;
}

export function rect([x0, y0, x1, y1], kind, air = 0) {
  const made = document.createElementNS(SVG, "rect");
  const places = {x: x0 - air, y: y0 - air, width: Math.max(x1 - x0, 0) + 2 * air, height: Math.max(y1 - y0, 0) + 2 * air};
  for (const [name, value] of Object.entries(places)) made.setAttribute(name, value);
  made.setAttribute("class", kind);
  return made;
}

function label(x, y, text, kind) {
  const made = document.createElementNS(SVG, "text");
  made.setAttribute("x", x);
  made.setAttribute("y", y);
  made.setAttribute("class", kind);
  made.textContent = text;
  return made;
}

function holds([x0, y0, x1, y1], x, y) {
  return x0 <= x && x <= x1 && y0 <= y && y <= y1;
}

function smallest(all, boxOf) {
  const area = one => {
    const [x0, y0, x1, y1] = boxOf(one);
    return (x1 - x0) * (y1 - y0);
  };
  return all.reduce((best, one) => (best && area(best) <= area(one) ? best : one), undefined);
}
