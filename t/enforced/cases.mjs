// The cases of section 4 of the law reference, a row each: { id, does, rest }.
//
//   does   functions that try it against the served program
//   rest   what of it is not tried here, and why; said with the result
//
// A row without `does` is a listed skip.  The suite holds all of them against
// docs/law-rows.txt.
import * as kept from './kept.mjs';
import * as stopped from './stopped.mjs';

export const CASES = [
  { id: 'E1', does: [stopped.signalHonored] },
  { id: 'E2', does: [kept.downstreamIsNamed] },
  { id: 'E3', does: [kept.childrenAreNotSold], rest: 'the age gate and what an app loads are the business\'s own' },
  { id: 'E4', does: [stopped.outIsShort, stopped.agentIsEnough], rest: 'nothing asks whether there is a contract with each company that is told' },
  { id: 'E5', does: [stopped.outageLosesNothing], rest: 'nothing tries the form from outside by itself' },
  { id: 'E6', does: [stopped.nothingIsCalled] },
  { id: 'E7', does: [stopped.recordedIsInForce] },
  { id: 'E8', does: [stopped.knownPeopleTypeNothing] },
  { id: 'E9', does: [kept.childrenAreNotSold] },
  { id: 'E10', does: [stopped.everyDevice] },
  { id: 'E11', does: [stopped.noWall] },
  { id: 'E12', does: [stopped.unconfirmedIsInForce] },
  { id: 'E13', rest: 'no job deletes what is kept for too long' },
  { id: 'E14', rest: 'registering is the business\'s own' },
  { id: 'E15', does: [kept.asksNoMore] },
  { id: 'NT-1', does: [stopped.signalThenLogin] },
  { id: 'NT-2', does: [stopped.clearedCookies] },
  { id: 'NT-3', does: [stopped.workerIsAway, stopped.enteredLate] },
  { id: 'NT-5', does: [stopped.agentIsEnough], rest: 'no page asks who acts for somebody' },
  { id: 'NT-6', does: [kept.importIsRefused] },
  { id: 'NT-7', rest: 'nothing keeps a system corrected' },
  { id: 'NT-8', does: [kept.backupIsReplayed] },
  { id: 'NT-9', does: [kept.ssnStopsIt] },
  { id: 'NT-10', does: [kept.thirdKnow] },
  { id: 'NT-11', does: [kept.householdIsRefused] },
  { id: 'NT-12', does: [kept.heldIsUntouched, kept.heldWithoutCase], rest: 'the State\'s lists do not ask for holds' },
  // Last: the company that it adds to the data map would be told in all others.
  { id: 'NT-4', does: [kept.deafVendor] },
];
