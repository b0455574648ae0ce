// Days as the pages write them, in California's calendar.
const ZONE = 'America/Los_Angeles';

function day(ms) {
  const [y, m, d] = new Date(ms).toLocaleDateString('en-CA', { timeZone: ZONE }).split('-').map(Number);
  return new Date(Date.UTC(y, m - 1, d));
}

// "January 5, 2027", so many days after today.
export function daysFromToday(days) {
  const d = day(Date.now());
  d.setUTCDate(d.getUTCDate() + days);
  return d.toLocaleDateString('en-US', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' });
}
