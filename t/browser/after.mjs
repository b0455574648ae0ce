export async function after() {}
