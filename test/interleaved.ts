import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Within a project what takes longest comes first; between two files of one project comes its share of the other's. Tests
 * in the browser wait for much, so that neither core is ever idle when another file computes beside them.
 */
export class Interleaved extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSite = ({ project }: TestSpecification) => project.name === 'site';
    const site = sorted.filter(isSite);
    return sorted
      .filter((file) => !isSite(file))
      .flatMap((file, place) => (place % 2 === 0 ? [...site.splice(0, 1), file] : [file]))
      .concat(site);
  }
}
