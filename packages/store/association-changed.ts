/** What is stored of an association is no longer what was read. */
export class AssociationChangedError extends Error {
  constructor(id: string) {
    super(`association ${id} has been changed since it was read`);
    this.name = 'AssociationChangedError';
  }
}
