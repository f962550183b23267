// PDFs dropped on the page or chosen: sent as they are, with their progress.
import {told} from "/static/desk.js";

const drop = document.getElementById("drop");
const list = document.getElementById("uploads");
const csrf = document.body.dataset.csrf;

function send(url, file, progress) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRF-Token", csrf);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/pdf");
    request.setRequestHeader("HX-Request", "true");
    request.upload.onprogress = event => progress(event.loaded / Math.max(event.total, 1));
    request.onload = () => done(request);
    request.onerror = failed;
    request.send(file);
  });
}

function entry(file) {
  const item = document.createElement("div");
  const title = document.createElement("h3");
  title.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  item.className = "upload";
  item.append(title, bar);
  list.append(item);
  return item;
}

function refuse(item, text) {
  const line = document.createElement("p");
  line.className = "warning";
  line.textContent = text;
  item.querySelector("progress")?.remove();
  item.append(line);
  told(text);
}

async function upload(file) {
  const item = entry(file);
  const limit = Number(drop.dataset.limit);
  if (file.size > limit * 1e6) return refuse(item, `${file.name} has more than ${limit} MB.`);
  if (!file.name.toLowerCase().endsWith(".pdf")) return refuse(item, `${file.name} is no PDF.`);
  try {
    const answer = await send("/uploads", file, share => { item.querySelector("progress").value = share; });
    if (answer.status === 413) return refuse(item, `${file.name} is too large.`);
    if (answer.status !== 201) {
      const page = new DOMParser().parseFromString(answer.responseText, "text/html");
      return refuse(item, page.querySelector(".warning, main")?.textContent.trim() ?? "This could not be done.");
    }
    item.innerHTML = answer.responseText; // the desk's own template, all texts escaped there
    window.htmx.process(item);
    told(`${file.name} is being converted`);
  } catch {
    refuse(item, "The desk does not answer: is it still running?");
  }
}

function all(files) {
  for (const file of files) upload(file);
}

if (drop) {
  document.getElementById("file").addEventListener("change", event => {
    all([...event.target.files]);
    event.target.value = "";
  });
  // Anywhere on the page: a file that misses the frame would be opened by the browser instead.
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", event => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", event => {
    event.preventDefault();
    drop.classList.remove("over");
    all([...event.dataTransfer.files]);
  });
}

export {send};
