// As much of JSON Schema as the description uses.  Says what does not fit, or
// nothing.
export class Schemas {
  constructor(document) {
    this.document = document;
  }

  resolve(schema) {
    if (!schema.$ref) return schema;
    const found = schema.$ref.split('/').slice(1).reduce((at, name) => at?.[name], this.document);
    if (!found) throw new Error(`${schema.$ref} leads nowhere`);
    return this.resolve(found);
  }

  misfit(schema, value, at = '#') {
    const s = this.resolve(schema);
    const types = [s.type].flat().filter(Boolean);
    if (types.length && !types.some((t) => isType(t, value))) return `${at} is no ${types.join(' or ')}`;
    if (s.enum && !s.enum.includes(value)) return `${at} is none of the words`;
    if (s.pattern && !new RegExp(s.pattern).test(value)) return `${at} does not fit ${s.pattern}`;
    if (s.format === 'date' && value !== null && !/^\d{4}-\d\d-\d\d$/.test(value)) return `${at} is no day`;
    if (typeof s.minimum === 'number' && value < s.minimum) return `${at} is less than ${s.minimum}`;
    if (Array.isArray(value)) return first(value, (v, i) => this.misfit(s.items, v, `${at}/${i}`));
    if (value && typeof value === 'object') return this.misfitObject(s, value, at);
    return undefined;
  }

  misfitObject(s, value, at) {
    const missing = (s.required ?? []).find((name) => !(name in value));
    if (missing) return `${at}/${missing} is missing`;
    return first(Object.entries(value), ([name, v]) => {
      const member = s.properties?.[name];
      if (member) return this.misfit(member, v, `${at}/${name}`);
      return s.additionalProperties === false ? `${at}/${name} is not described` : undefined;
    });
  }
}

function isType(type, v) {
  if (type === 'null') return v === null;
  if (type === 'array') return Array.isArray(v);
  if (type === 'integer') return Number.isInteger(v);
  if (type === 'object') return v !== null && typeof v === 'object' && !Array.isArray(v);
  return typeof v === type; // eslint-disable-line valid-typeof
}

function first(list, fn) {
  for (let i = 0; i < list.length; i++) {
    const found = fn(list[i], i);
    if (found) return found;
  }
  return undefined;
}
