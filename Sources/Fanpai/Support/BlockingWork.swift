/// Runs blocking work for tasks on a thread of our own: Swift's cooperative pool has as many threads as processors, and
/// blocking them stops every other task of the program.
enum BlockingWork {
    /// Runs `body` on a fresh thread and returns what it returns; cancelling the task cancels `cancellation`.
    static func run<Result: Sendable>(
        cancellation: Cancellation, _ body: @escaping @Sendable () throws(FanpaiError) -> Result
    ) async throws(FanpaiError) -> Result {
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation {
                (continuation: CheckedContinuation<Swift.Result<Result, FanpaiError>, Never>) in
                do throws(FanpaiError) {
                    try WorkerThread.detach {
                        do throws(FanpaiError) {
                            continuation.resume(returning: .success(try body()))
                        } catch {
                            continuation.resume(returning: .failure(error))
                        }
                    }
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
        return try outcome.get()
    }
}
