// The cases of section 4 of the law reference, a row each: { id, does }, the functions
// that try it against the served program.  What is not tried, and why, is the state
// and the note of its row in docs/law-rows.txt; a row without `does` is a listed skip.
import * as contracts from './contracts.mjs';
import * as expired from './expired.mjs';
import * as kept from './kept.mjs';
import * as seen from './public.mjs';
import * as stopped from './stopped.mjs';
import * as untold from './untold.mjs';

export const CASES = [
  { id: 'E1', does: [stopped.signalHonored] },
  { id: 'E2', does: [kept.downstreamIsNamed] },
  { id: 'E3', does: [kept.childrenAreNotSold] },
  { id: 'E4', does: [stopped.outIsShort, stopped.agentIsEnough, contracts.noContract] },
  { id: 'E5', does: [stopped.outageLosesNothing, seen.brokenIsSeen, seen.policyIsSeen, seen.brokenIsTold] },
  { id: 'E6', does: [stopped.nothingIsCalled] },
  { id: 'E7', does: [stopped.recordedIsInForce] },
  { id: 'E8', does: [stopped.knownPeopleTypeNothing] },
  { id: 'E9', does: [kept.childrenAreNotSold] },
  { id: 'E10', does: [stopped.everyDevice, stopped.knownOnOurPages] },
  { id: 'E11', does: [stopped.noWall] },
  { id: 'E12', does: [stopped.unconfirmedIsInForce] },
  { id: 'E14' },
  { id: 'E15', does: [kept.asksNoMore] },
  { id: 'NT-1', does: [stopped.signalThenLogin] },
  { id: 'NT-2', does: [stopped.clearedCookies] },
  { id: 'NT-3', does: [stopped.workerIsAway, stopped.enteredLate] },
  { id: 'NT-5', does: [stopped.agentIsEnough] },
  { id: 'NT-6', does: [kept.importIsRefused] },
  { id: 'NT-7', does: [kept.staysCorrected] },
  { id: 'NT-8', does: [kept.backupIsReplayed] },
  { id: 'NT-9', does: [kept.ssnStopsIt] },
  { id: 'NT-10', does: [kept.thirdKnow] },
  { id: 'NT-11', does: [kept.householdIsRefused] },
  { id: 'NT-12', does: [kept.heldIsUntouched, kept.heldWithoutCase] },
  // Late: a policy that is in force goes on to forbid what it does not say.
  { id: 'E13', does: [expired.keptTooLong, untold.soldAgainstNotice] },
  // Last: the company that it adds to the data map would be told in all others.
  { id: 'NT-4', does: [kept.deafVendor] },
];
