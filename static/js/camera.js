// Looks through this machine's camera for codes; pictures are decoded by the server and kept by nobody.
const PAUSE = 400;
const WIDTH = 1600;
const QUALITY = 0.85;

export class Camera {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-camera]");
    this.video = this.place.querySelector("video");
    this.status = this.place.querySelector("[role=status]");
    this.again = this.place.querySelector("[name=camera]");
    this.papers = new Map();
    for (const { dataset, value } of form.querySelectorAll("[name=read]")) this.keep(dataset.of, Number(dataset.part), value);
    this.place.hidden = false;
    this.place.querySelector("button").addEventListener("click", () => this.open());
    addEventListener("pagehide", () => this.close());
    if (this.again?.value) this.open();
  }

  async open() {
    try {
      this.stream ??= await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: WIDTH } } });
    } catch {
      return this.say(this.status.dataset.refused);
    }
    if (this.again) this.again.value = "1";
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    this.say(this.status.dataset.looking);
    await this.video.play();
    this.look();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }

  async look() {
    while (this.stream) {
      for (const code of await this.codes()) if (this.take(code)) return;
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }

  async codes() {
    const canvas = Object.assign(document.createElement("canvas"), { width: this.video.videoWidth, height: this.video.videoHeight });
    canvas.getContext("2d").drawImage(this.video, 0, 0);
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    try {
      const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
      const answer = await fetch(this.form.dataset.scan, { method: "POST", body: picture, headers });
      return (await answer.json()).codes;
    } catch {
      return [];
    }
  }

  // True once enough parts of what the code belongs to are there and the form is sent.
  take({ text, of, part, parts }) {
    if (this.form.querySelector(`[name=done][value="${of}"]`)) return false;
    const read = this.keep(of, part, text);
    this.say(this.status.dataset.read.replace("%(parts)s", parts).replace("%(read)s", read.size));
    if (read.size < parts) return false;
    this.close();
    for (const earlier of this.form.querySelectorAll(`[name=read][data-of="${of}"]`)) earlier.remove();
    this.form.querySelector("[name=code]").value = [...read.values()].join(" ");
    this.form.requestSubmit();
    return true;
  }

  keep(of, part, text) {
    if (!this.papers.has(of)) this.papers.set(of, new Map());
    return this.papers.get(of).set(part, text);
  }

  say(text) {
    this.status.textContent = text;
    this.status.hidden = false;
  }
}

export function start() {
  const form = document.querySelector("form[data-scan]");
  if (form && navigator.mediaDevices?.getUserMedia) new Camera(form);
}
