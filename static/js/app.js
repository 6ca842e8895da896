// Each module finds its own elements by data attributes; a page without them pays nothing.
import * as attention from "./attention.js";
import * as autosave from "./autosave.js";
import * as camera from "./camera.js";
import * as keys from "./keys.js";
import * as onebyone from "./onebyone.js";
import * as pictures from "./pictures.js";
import * as progress from "./progress.js";
import * as reveal from "./reveal.js";
import * as understood from "./understood.js";

for (const part of [attention, autosave, camera, keys, onebyone, pictures, progress, reveal, understood]) part.start();
