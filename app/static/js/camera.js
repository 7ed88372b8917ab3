// A photograph from the reader's camera: it is seen on the stage, one frame is taken, and the camera is let go.
// @ts-check

const REFUSED = {
  NotAllowedError: "The camera was not allowed. Allow it in the browser's address line, or choose a picture file.",
  NotFoundError: "There is no camera here. Choose a picture file.",
};

/** Shows the camera on the stage of a bench, and gives the frame that is taken to a picture's field. */
export async function photograph(bench, name) {
  const opener = document.activeElement;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  } catch (error) {
    bench.fields.complain({ [name]: REFUSED[error.name] ?? "The camera cannot be opened. Choose a picture file." });
    return;
  }
  const file = await taken(bench, stream).finally(() => stream.getTracks().forEach((track) => track.stop()));
  opener?.focus({ preventScroll: true });
  if (file) bench.fields.give(file, name);
}

function taken(bench, stream) {
  const finder = Object.assign(document.createElement("div"), { className: "finder" });
  const video = Object.assign(document.createElement("video"), { srcObject: stream, autoplay: true, muted: true, playsInline: true });
  const [take, close] = ["Take this frame", "Close the camera"].map((textContent) => Object.assign(document.createElement("button"), { type: "button", textContent }));
  take.className = "primary";
  finder.append(video, take, close);
  bench.find("stage").append(finder);
  bench.find("stage").scrollIntoView({ block: "nearest" });
  take.focus({ preventScroll: true });
  bench.say("The camera is on. Only the frame that you take is kept.");
  return new Promise((done) => {
    const end = (file) => { finder.remove(); done(file); };
    take.addEventListener("click", async () => video.videoWidth && end(await frame(video)));
    close.addEventListener("click", () => end(null));
    finder.addEventListener("keydown", ({ key }) => key === "Escape" && end(null));
    stream.getVideoTracks()[0].addEventListener("ended", () => end(null)); // unplugged, or taken back
    addEventListener("pagehide", () => end(null), { once: true });
  }).finally(() => bench.say("The camera is off"));
}

async function frame(video) {
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  return new File([blob], "camera.jpg", { type: "image/jpeg" });
}
