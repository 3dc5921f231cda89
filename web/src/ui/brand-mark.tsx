/** The mark alone: a key, upright, with its two wards. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6.5" fill="var(--kw-mark)" />
      <g
        fill="none"
        stroke="var(--kw-mark-ink)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <circle cx="12" cy="8" r="3.25" />
        <path d="M12 11.25V19M12 15h3M12 18.75h2.25" />
      </g>
    </svg>
  );
}
