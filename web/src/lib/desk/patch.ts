import type { AnyRecord, Form, Json, Patch } from '../protocol'

/** RFC 7396: `target` with `change` applied; `target` itself stays as it is. */
export function merge(target: Json | undefined, change: Form): Form {
  const merged: Form = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key]
    else if (isObject(value)) merged[key] = merge(merged[key], value)
    else merged[key] = value
  }
  return merged
}

/** The record after a change of the log; undefined when it was removed. */
export function patched(
  record: AnyRecord | undefined,
  change: Patch[string],
): AnyRecord | undefined {
  if (change === null) return undefined
  // The one cast: the server's records are what the generated types say.
  return merge(record as unknown as Form | undefined, change) as unknown as AnyRecord
}

function isObject(value: Json | undefined): value is Form {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
