/** The part of jscodeshift that has no types of its own. */
declare module 'jscodeshift/src/getParser.js' {
  const getParser: (name: string, options: object) => { parse(text: string): unknown };
  export default getParser;
}
