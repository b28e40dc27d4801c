/** The mark: bars of a field and their reflection, with one house picked out. */
export function Logo() {
  return (
    <svg class="logo" width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g fill="currentColor">
        <path d="M3 15V9h5v6zM10 15V3h5v12zM24 15V7h5v8z" />
        <path d="M3 18v5h5v-5zM10 18v10h5V18zM24 18v7h5v-7z" opacity=".4" />
      </g>
      <path class="logo__own" d="M17 15V6h5v9z" />
      <path class="logo__own" d="M17 18v8h5v-8z" opacity=".45" />
    </svg>
  );
}
