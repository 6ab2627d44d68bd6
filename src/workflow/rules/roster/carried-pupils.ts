import { type Pupil, waitingKey } from './pupil.ts'

/** Who the last round counted: from every key by which a pupil may come back to the key of then. */
export type CarriedPupils = ReadonlyMap<string, string>

type Named = Pick<Pupil, 'key' | 'numberKind' | 'firstName' | 'lastName' | 'birthDate'>

/** Who waited for a number or had a G-Code may come back with 13 digits (R27): known by name and birth date then. */
export function carriedPupils(pupils: readonly Named[]): CarriedPupils {
  const byKey = new Map(pupils.map(({ key }) => [key, key]))
  for (const pupil of pupils) {
    if (pupil.numberKind === 'g_code' && !byKey.has(waitingKey(pupil))) byKey.set(waitingKey(pupil), pupil.key)
  }
  return byKey
}

/** The key under which the last round counted the pupil, or null. */
export function carriedKey(
  pupil: Pick<Pupil, 'firstName' | 'lastName'> & { key: string | null; birthDate: Pupil['birthDate'] | null },
  carried: CarriedPupils,
): string | null {
  const same = pupil.key === null ? undefined : carried.get(pupil.key)
  if (same !== undefined) return same
  const { birthDate } = pupil
  return birthDate === null ? null : (carried.get(waitingKey({ ...pupil, birthDate })) ?? null)
}
