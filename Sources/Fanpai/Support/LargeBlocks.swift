internal import Media

/// Settles how this process handles memory, once, before it renders: for programs, which own their process, not for libraries.
///
/// glibc raises its threshold for blocks of their own with every large block that is freed, and then keeps what encoders give
/// back; the peak of a job swayed by 90 of 630 MiB. A threshold that is set stays.
public func returnLargeBlocksToTheSystem() { ProcessMemory.returnLargeBlocks() }
