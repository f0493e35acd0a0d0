/** Throws for any user but a number from 1: root needs no permission, and a name means nothing to a file system. */
export function refuseRoot(where: string, prop: string, user: string): void {
  if (!/^[1-9]\d*$/.test(user))
    throw new Error(`${where}: ${prop} is "${user}"; give the number of a user, from 1`);
}
