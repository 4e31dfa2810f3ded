(function () {
  "use strict";
  var list = document.querySelector("[data-find]");
  if (!list) { return; }
  var fold = function (words) { return words.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var entries = Array.prototype.map.call(list.querySelectorAll("li"), function (entry) {
    return { entry: entry, words: fold(entry.textContent) };
  });
  var box = document.createElement("div");
  box.className = "gl-find";
  box.setAttribute("role", "search");
  var label = document.createElement("label");
  label.htmlFor = "gl-find";
  label.textContent = "Find in the index";
  var input = document.createElement("input");
  input.type = "search";
  input.id = "gl-find";
  input.autocomplete = "off";
  var said = document.createElement("p");
  said.setAttribute("role", "status");
  box.append(label, input, said);
  list.before(box);
  input.addEventListener("input", function () {
    var wanted = fold(input.value).split(/\s+/).filter(Boolean);
    var count = 0;
    entries.forEach(function (each) {
      var shown = wanted.every(function (word) { return each.words.indexOf(word) >= 0; });
      each.entry.hidden = !shown;
      count += shown ? 1 : 0;
    });
    list.querySelectorAll(".gl-letter").forEach(function (part) {
      part.hidden = !part.querySelector("li:not([hidden])");
    });
    said.textContent = wanted.length ? count + (count === 1 ? " entry" : " entries") : "";
  });
}());
