/** What a note that was put aside is called on its way to the board. */
export const PARKED_TYPE = 'application/x-etatyopoyta-note'
