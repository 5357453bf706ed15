using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>Process groups: native/process_group.cpp, native/gradient_buckets.cpp, native/shared_exchange.cpp, native/synchronized_batch_norm.cpp. 0 is success.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int rn_group_has(int backend);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial GroupHandle rn_group_join(int backend, int rank, int worldSize, string address, int port, int hostsStore,
        int localRank, string? networkInterface, string prefix, long timeoutMilliseconds, int sharesMemory);

    [LibraryImport(Library)]
    internal static partial void rn_group_free(IntPtr group);

    [LibraryImport(Library)]
    internal static partial int rn_group_leave(GroupHandle group);

    [LibraryImport(Library)]
    internal static partial int rn_group_check(GroupHandle group);

    [LibraryImport(Library)]
    internal static partial int rn_group_check_all(GroupHandle group);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_group_abort(GroupHandle group, string reason);

    [LibraryImport(Library)]
    internal static partial int rn_group_failure(out int rank);

    [LibraryImport(Library)]
    internal static partial WorkHandle rn_group_all_reduce(GroupHandle group, IntPtr tensor, int operation);

    [LibraryImport(Library)]
    internal static partial WorkHandle rn_group_broadcast(GroupHandle group, IntPtr tensor, int root);

    [LibraryImport(Library)]
    internal static partial int rn_group_barrier(GroupHandle group);

    [LibraryImport(Library)]
    internal static partial IntPtr rn_group_all_gather(GroupHandle group, IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial int rn_work_wait(WorkHandle work);

    [LibraryImport(Library)]
    internal static partial void rn_work_free(IntPtr work);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_store_set(GroupHandle group, string key, byte[] value, long length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial long rn_store_get(GroupHandle group, string key, int wait, [Out] byte[]? value, long length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_store_add(GroupHandle group, string key, long amount, out long sum);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rn_store_delete(GroupHandle group, string key);

    [LibraryImport(Library)]
    internal static partial long rn_store_count(GroupHandle group);

    [LibraryImport(Library)]
    internal static partial BucketsHandle rn_buckets_new(GroupHandle group, [In] IntPtr[] parameters, long count, long bucketBytes);

    [LibraryImport(Library)]
    internal static partial void rn_buckets_free(IntPtr buckets);

    [LibraryImport(Library)]
    internal static partial long rn_buckets_sizes(BucketsHandle buckets, [Out] long[]? bytes, long count);

    [LibraryImport(Library)]
    internal static partial long rn_buckets_not_shared(BucketsHandle buckets, [Out] byte[]? text, long length, out int lacks);

    [LibraryImport(Library)]
    internal static partial int rn_buckets_expect(BucketsHandle buckets);

    [LibraryImport(Library)]
    internal static partial int rn_buckets_finish(BucketsHandle buckets);

    [LibraryImport(Library)]
    internal static partial int rn_synchronize_enter(GroupHandle group, out IntPtr before);

    [LibraryImport(Library)]
    internal static partial void rn_synchronize_leave(IntPtr before);
}
