/** The page of emails that were kept instead of sent; a receipt with this address says so. */
export const OUTBOX_URL = '/editor/outbox'
