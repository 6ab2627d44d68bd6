/** All tables, for drizzle-kit and for `drizzle(…, { schema })`. */
export * from './schema/chain.ts'
export * from './schema/messages.ts'
export * from './schema/people.ts'
export * from './schema/record.ts'
export * from './schema/rosters.ts'
export * from './schema/rounds.ts'
export * from './schema/sheet-files.ts'
export * from './schema/units.ts'
