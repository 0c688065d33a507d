/** Width of the light in a frame 50 wide, a tenth for every half point. Also used for progress, where `of` is the planned total: it is full only at the very end. */
export const lightWidth = (value: number, of = 5) =>
  value >= of ? 46 : Math.round(Math.min(43, 46 * Math.max(0, value / of)) * 10) / 10
