"use strict";

// The table of recommendations. All texts go to the page as text, never as markup. The rows are
// those of normalise/report/listing.py.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const collator = new Intl.Collator("en-GB", { numeric: true });
  const statuses = Object.keys(data.statuses);
  const rows = data.rows;
  const state = { found: [], page: 0, open: false };

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  const text = (name, value, more) => element(name, { dir: "auto", ...more }, value);

  const count = (number, noun) =>
    `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;

  // -- rows

  function rowOf(row) {
    return element("tr", { role: "row" },
      element("th", { scope: "row", role: "rowheader", "data-label": "No.", class: "no" }, row.n || "–"),
      cell("Recommendation", what(row), "what"),
      cell("Agencies", list(row.a)),
      cell("Leads", list(row.l)),
      cell("Due", due(row)),
      cell("Status", [data.statuses[row.s]]),
      cell("Sure", sure(row)),
      cell("Source", [source(row)], "source"));
  }

  function cell(label, content, name) {
    return element("td", { role: "cell", "data-label": label, class: name }, ...content);
  }

  function list(texts) {
    if (!texts) return ["–"];
    return [element("ul", { class: "plain" }, ...texts.map((one) => text("li", one)))];
  }

  function due(row) {
    if (row.due) {
      return row.o ? [row.day, " ", element("span", { class: "tag late" }, "past")] : [row.day];
    }
    return row.dt ? [text("span", row.dt)] : ["–"];
  }

  function sure(row) {
    const share = `${row.c || 0}%`;
    if (!row.k) return [share];
    const name = row.h ? "a" : "span";
    return [share, " ", element(name, { class: "tag look", href: row.h && `#${row.h}` }, "check")];
  }

  function source(row) {
    const [name, address] = data.documents[row.d || 0];
    const said = row.p ? `${name}, page\u00a0${row.p}` : name;
    return address ? element("a", { href: row.p ? `${address}#page=${row.p}` : address }, said) : said;
  }

  function what(row) {
    const parts = [text("p", row.t || "(no text)", { class: "text" })];
    const counts = [[row.q, "doubt"], [row.x, "action"], [row.u, "update"], [row.f, "detail"]];
    const said = counts.filter(([one]) => one).map(([one, noun]) => count(one.length, noun));
    if (said.length) {
      const folded = element("details", {}, element("summary", {}, said.join(", ")),
        doubts(row.q), facts(row.f), items("Actions", row.x), items("Updates", row.u));
      folded.open = state.open;
      parts.push(folded);
    }
    return parts;
  }

  function doubts(found) {
    if (!found) return null;
    const said = found.map(([why, page]) => text("li", page ? `${why} (page\u00a0${page})` : why));
    return element("div", {}, element("h3", {}, "In doubt"), element("ul", {}, ...said));
  }

  function facts(found) {
    if (!found) return null;
    return element("dl", {}, ...found.map(([label, value]) =>
      element("div", {}, element("dt", {}, label), text("dd", value))));
  }

  function items(title, found) {
    if (!found) return null;
    return element("div", {}, element("h3", {}, title), element("ol", {}, ...found.map(
      ([label, value]) => element("li", {}, label ? text("strong", label) : null, text("p", value)))));
  }

  // -- finding and ordering

  const plain = (value) => value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function words(row) {
    if (row.words === undefined) {
      const pairs = [...(row.f || []), ...(row.x || []), ...(row.u || [])];
      const doubtful = (row.q || []).map(([why]) => why);
      const themes = (row.th || []).map((one) => data.themes[one] || one);
      const all = [row.n, row.t, row.id, row.day, row.dt, data.statuses[row.s],
        data.documents[row.d || 0][0],
        ...(row.a || []), ...(row.l || []), ...themes, ...pairs.flat(), ...doubtful];
      row.words = plain(all.filter(Boolean).join("\n"));
    }
    return row.words;
  }

  const first = (texts) => (texts ? texts[0] : "\uffff");
  const orders = {
    sure: (a, b) => Boolean(b.k) - Boolean(a.k) || (a.c || 0) - (b.c || 0),
    plan: () => 0,
    due: (a, b) => ((a.due || "9") < (b.due || "9") ? -1 : (a.due || "9") > (b.due || "9") ? 1 : 0),
    agency: (a, b) => collator.compare(first(a.a), first(b.a)),
    lead: (a, b) => collator.compare(first(a.l), first(b.l)),
    status: (a, b) => statuses.indexOf(a.s) - statuses.indexOf(b.s),
  };

  function find() {
    const asked = plain($("search").value).split(/\s+/).filter(Boolean);
    const [agency, theme, status, from] = ["agency", "theme", "status", "document"].map((id) => $(id).value);
    const [doubtful, overdue] = ["doubtful", "overdue"].map((id) => $(id).checked);
    state.found = rows.filter((row) =>
      (!agency || (row.a || []).includes(agency)) &&
      (!theme || (row.th || []).includes(theme)) &&
      (!status || row.s === status) &&
      (!from || (row.d || 0) === Number(from)) &&
      (!doubtful || row.k) &&
      (!overdue || row.o) &&
      asked.every((word) => words(row).includes(word)));
    state.found.sort(orders[$("order").value]);
    state.page = 0;
    show();
  }

  // -- showing

  function show() {
    const size = Number($("size").value) || state.found.length || 1;
    const start = state.page * size;
    const part = state.found.slice(start, start + size);
    $("rows").replaceChildren(...part.map(rowOf));
    const total = state.found.length.toLocaleString("en-GB");
    const range = `${(start + 1).toLocaleString("en-GB")} to ${(start + part.length).toLocaleString("en-GB")}`;
    const none = "No recommendation fits. Clear a filter or search for other words.";
    $("shown").textContent = part.length ? `${range} of ${total}` : none;
    $("previous").disabled = start === 0;
    $("next").disabled = start + size >= state.found.length;
    for (const head of document.querySelectorAll("[data-order]")) {
      if (head.dataset.order === $("order").value) head.setAttribute("aria-sort", "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  function turn(step) {
    state.page += step;
    show();
    $("listing").scrollIntoView();
    const other = step > 0 ? "previous" : "next";
    if (document.activeElement === document.body || document.activeElement.disabled) $(other).focus();
  }

  // -- the form

  function fill(id, values) {
    $(id).append(...values.map(([value, label]) => {
      const option = element("option", {}, label);
      option.value = value;
      return option;
    }));
  }

  function counted(lists) {
    const counts = new Map();
    for (const one of lists) for (const name of one || []) counts.set(name, (counts.get(name) || 0) + 1);
    return counts;
  }

  function choices() {
    const agencies = [...counted(rows.map((row) => row.a))];
    agencies.sort((a, b) => collator.compare(a[0], b[0]));
    fill("agency", agencies.map(([name, number]) => [name, `${name} (${number})`]));
    const themes = counted(rows.map((row) => row.th));
    fill("theme", Object.entries(data.themes).filter(([id]) => themes.has(id))
      .map(([id, label]) => [id, `${label} (${themes.get(id)})`]));
    fill("document", data.documents.map(([name], place) => [String(place), name]));
  }

  function heads() {
    for (const head of document.querySelectorAll("[data-order]")) {
      const button = element("button", { type: "button" }, head.textContent);
      button.addEventListener("click", () => {
        $("order").value = head.dataset.order;
        find();
      });
      head.replaceChildren(button);
    }
  }

  function start() {
    choices();
    heads();
    let waiting = 0;
    $("filters").addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (event.target.id === "search") waiting = setTimeout(find, 150);
      else find();
    });
    $("filters").addEventListener("submit", (event) => event.preventDefault());
    $("filters").addEventListener("reset", () => setTimeout(find));
    $("previous").addEventListener("click", () => turn(-1));
    $("next").addEventListener("click", () => turn(1));
    $("open").addEventListener("click", (event) => {
      state.open = !state.open;
      event.target.setAttribute("aria-pressed", String(state.open));
      for (const one of $("rows").querySelectorAll("details")) one.open = state.open;
    });
    $("filters").hidden = false;
    $("pager").hidden = false;
    find();
    document.documentElement.dataset.ready = "";
    performance.mark("ready");
  }

  start();
})();
