// Everything works without this file. It refreshes the page without flicker, and adds keys and the number of ticks.
"use strict";
(() => {
  const main = document.getElementById("main");
  const live = () => document.getElementById("live");
  const updated = document.getElementById("updated");
  const rows = () => [...document.querySelectorAll("#live [data-row]")];
  const isField = element => element?.matches?.("input:not([type=checkbox]), select, textarea");

  // The number of ticks, on the button that applies them.
  const ticks = () => [...document.querySelectorAll("#live .tick input[name=n]")];
  const count = () => {
    const number = ticks().filter(tick => tick.checked).length;
    for (const button of document.querySelectorAll("[data-ticked]")) {
      button.textContent = number ? button.dataset.ticked.replace("#", number.toLocaleString("en")) : "Apply the ticked …";
      button.disabled = number === 0;
    }
    const all = document.getElementById("tick-all");
    if (all) {
      all.checked = number > 0 && number === ticks().length;
      all.indeterminate = number > 0 && number < ticks().length;
    }
  };
  document.addEventListener("change", event => {
    if (event.target.id === "tick-all") {
      ticks().forEach(tick => { tick.checked = event.target.checked; });
    }
    if (event.target.matches(".filter[method=get] select")) {
      event.target.form.requestSubmit();
    }
    count();
  });
  addEventListener("pageshow", count);

  // Keys. Nothing is done by a single key but moving.
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && isField(document.activeElement)) {
      document.activeElement.blur();
      return;
    }
    if (isField(document.activeElement)) return;
    if (event.key === "/") {
      const filter = document.getElementById("filter");
      if (filter) {
        event.preventDefault();
        filter.focus();
        filter.select();
      }
    } else if (event.key === "j" || event.key === "k") {
      const all = rows();
      const at = all.findIndex(row => row.contains(document.activeElement));
      const next = all[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
      const target = next?.querySelector("a:not([tabindex='-1']), input");
      if (target) {
        event.preventDefault();
        target.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest" });
      }
    }
  });

  // Refreshing: fetch the same page, and replace its content only if it has changed and nobody is at work on it.
  const isBusy = () => document.hidden || isField(document.activeElement) || ticks().some(tick => tick.checked)
    || !getSelection().isCollapsed;
  const keep = () => {
    const open = [...live().querySelectorAll("details")].map(details => details.open);
    const scrolled = [...live().querySelectorAll(".scroll")].map(scroll => scroll.scrollLeft);
    const focus = live().contains(document.activeElement) && document.activeElement;
    const place = focus && (focus.id ? `#${CSS.escape(focus.id)}` : focus.getAttribute("href") && `a[href="${CSS.escape(focus.getAttribute("href"))}"]`);
    return () => {
      live().querySelectorAll("details").forEach((details, at) => { details.open = open[at] ?? details.open; });
      live().querySelectorAll(".scroll").forEach((scroll, at) => { scroll.scrollLeft = scrolled[at] ?? 0; });
      if (place) live().querySelector(place)?.focus({ preventScroll: true });
    };
  };
  const refresh = async () => {
    const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
    if (answer.redirected || answer.status === 401) throw new Error(`answered ${answer.status}`);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [content, frame] = [next.getElementById("live"), next.getElementById("main")];
    if (!content || isBusy()) return;
    updated.textContent = next.getElementById("updated").textContent;
    updated.classList.remove("lost");
    main.dataset.refresh = frame.dataset.refresh;
    if (content.innerHTML !== live().innerHTML) {
      const restore = keep();
      const before = new Set(rows().map(row => row.textContent));
      live().replaceWith(document.adoptNode(content));
      rows().filter(row => !before.has(row.textContent)).forEach(row => row.classList.add("changed-now"));
      document.title = next.title;
      restore();
      count();
    }
    const bar = next.querySelector(".bar .inner");
    if (bar && bar.innerHTML !== document.querySelector(".bar .inner").innerHTML
      && !document.querySelector(".bar").contains(document.activeElement)) {
      document.querySelector(".bar .inner").replaceWith(document.adoptNode(bar));
    }
  };
  const wait = () => {
    const seconds = Number(main.dataset.refresh);
    if (seconds > 0) setTimeout(tick, seconds * 1000);
  };
  const tick = async () => {
    try {
      if (!isBusy()) await refresh();
    } catch {
      updated.textContent = "The server does not answer; it may have ended. These are the last figures";
      updated.classList.add("lost");
    }
    wait();
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Number(main.dataset.refresh) > 0) refresh().catch(() => {}); });
  count();
  wait();
})();
