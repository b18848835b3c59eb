import { MediaQuery } from 'svelte/reactivity'

/** Screens on which one thing stands below the other: phones. Watched as `isNarrow.current`. */
export const isNarrow = new MediaQuery('max-width: 699px')
