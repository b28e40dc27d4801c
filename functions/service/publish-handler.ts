import { publisherTasks } from '../publish/tasks.ts';
import { parsePublishEnvironment, publisherFrom } from './publish-environment.ts';

/**
 * The publisher on AWS Lambda. It publishes a release and answers its id and how many cells it shows; asked for a task
 * (`{"task": "participation"}` and others, see `tasks.ts`), it does that.
 */
export const handler = publisherTasks(await publisherFrom(parsePublishEnvironment(process.env)));
