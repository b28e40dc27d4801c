import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** The answer to a conditional write, or undefined where its condition failed. Other errors are thrown. */
export async function ifConditionHolds<Answer>(written: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await written;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
