/** A slider beside a number (`data-slider`), from nothing to several times what it was. */
export function sliding(number: HTMLInputElement): void {
  const place = number.closest("label") ?? number;
  if (place.parentElement?.querySelector("input[type=range]")) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.min || "0";
  slider.max = number.max || String(Math.max(Number(number.defaultValue) * 3, 10));
  slider.step = number.step;
  slider.value = number.value;
  slider.ariaLabel = number.labels?.[0]?.textContent?.trim() ?? "";
  slider.addEventListener("input", () => {
    number.value = slider.value;
  });
  number.addEventListener("input", () => {
    slider.value = number.value;
  });
  place.after(slider);
}
