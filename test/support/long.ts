/** `npm run test:long` sets it: what is looked at in a sample otherwise is looked at as a whole. */
export const LONG = process.env.LONG === '1';
