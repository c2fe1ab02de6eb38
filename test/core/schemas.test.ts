/** The published JSON Schemas are what the code validates with; `npm run schemas` writes them anew. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { planSchema } from '../../src/core/plan-schema.js';
import { recipeSchema } from '../../src/core/recipe-schema.js';

it.each([
  ['recipe', recipeSchema],
  ['plan', planSchema],
])('schemas/%s.schema.json is not stale', async (name, schema) => {
  const text = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`../../schemas/${name}.schema.json`);
});
