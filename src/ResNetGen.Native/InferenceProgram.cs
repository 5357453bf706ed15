using System.Runtime.InteropServices;

namespace ResNetGen.Native;

/// <summary>
/// A network in evaluation as a list of oneDNN primitives over one block of memory: built value by value, completed, then run. Weights
/// are copied, in the layouts that the primitives like best. Not for several threads at once.
/// </summary>
public sealed partial class InferenceProgram : IDisposable
{
    // What the native library returns where oneDNN has no kernel.
    private const int Unsupported = -2;

    private readonly int _batch;
    private IntPtr _plan;
    private int _outputElements;
    private int _inputElements;

    /// <summary>Begins a program.</summary>
    /// <param name="batch">The most images of a run.</param>
    /// <param name="bfloat16">Whether maps and weights are bfloat16; sums and outputs are float32.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="layout">How feature maps lie in memory.</param>
    /// <exception cref="NotSupportedException">oneDNN is not here; see <see cref="IsAvailable"/>.</exception>
    public InferenceProgram(int batch, bool bfloat16, int threads, InferenceLayout layout = InferenceLayout.Blocked)
    {
        if (!IsAvailable)
            throw new NotSupportedException("Inference programs need ResNetGen's native library built with oneDNN's headers (Debian, Ubuntu: apt-get install libdnnl-dev), which was not found.");

        _batch = batch;
        _plan = NativeMethods.rn_plan_begin(batch, bfloat16 ? 1 : 0, threads, (int)layout);
        if (_plan == IntPtr.Zero)
            throw NativeMethods.Error();
    }

    /// <summary>Whether the native library is here and was built with oneDNN.</summary>
    public static bool IsAvailable { get; } = NativeMethods.IsAvailable && NativeMethods.rn_plan_version() > 0;

    /// <summary>Version of oneDNN, e.g. <c>2.6</c>; empty where there is none.</summary>
    public static string Version => IsAvailable
        ? FormattableString.Invariant($"{NativeMethods.rn_plan_version() / 100}.{NativeMethods.rn_plan_version() % 100}")
        : "";

    /// <summary>Bytes that maps and scratch memory take together; known when the program is complete.</summary>
    public long ArenaBytes => NativeMethods.rn_plan_arena_bytes(Plan);

    /// <summary>Bytes of the packed weights; known when the program is complete.</summary>
    public long WeightBytes => NativeMethods.rn_plan_weight_bytes(Plan);

    /// <summary>The steps in order, each with the kernel that it runs on, e.g. <c>rn::conv layer1.0.conv1: jit:avx512_core</c>.</summary>
    public IReadOnlyList<string> Steps
    {
        get
        {
            var steps = new string[NativeMethods.rn_plan_step_count(Plan)];
            for (int i = 0; i < steps.Length; i++)
                steps[i] = $"{Marshal.PtrToStringUTF8(NativeMethods.rn_plan_step(Plan, i, out IntPtr kernel))}: {Marshal.PtrToStringUTF8(kernel)}";

            return steps;
        }
    }

    /// <summary>
    /// The pieces of the block: from the step that writes each first to the one that reads it last, at which offset, of how many bytes.
    /// </summary>
    public IReadOnlyList<InferenceRegion> Regions
    {
        get
        {
            var regions = new List<InferenceRegion>();
            long[] numbers = new long[4];
            for (long i = 0; i < NativeMethods.rn_plan_region_count(Plan); i++)
            {
                NativeMethods.rn_plan_region(Plan, i, numbers);
                if (numbers[0] >= 0)
                    regions.Add(new InferenceRegion((int)numbers[0], (int)numbers[1], numbers[2], numbers[3]));
            }

            return regions;
        }
    }

    private IntPtr Plan => _plan != IntPtr.Zero ? _plan : throw new ObjectDisposedException(nameof(InferenceProgram));

    /// <summary>Plans the memory, packs the weights and makes ready to run; nothing can be added any more.</summary>
    /// <param name="output">The value that a run gives.</param>
    /// <param name="elements">Its elements for one image.</param>
    public void Complete(int output, int elements)
    {
        _outputElements = elements;
        Check(NativeMethods.rn_plan_complete(Plan, output));
    }

    /// <summary>Computes.</summary>
    /// <param name="images">Images, channels before rows before columns: a whole number of them, at least one, at most the batch.</param>
    /// <param name="result">Takes the output of each image, its elements likewise.</param>
    /// <exception cref="ArgumentException">The lengths are others.</exception>
    public unsafe void Run(ReadOnlySpan<float> images, Span<float> result)
    {
        int count = images.Length / Math.Max(1, _inputElements);
        if (count < 1 || count > _batch || images.Length != count * _inputElements || result.Length != count * _outputElements)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A run takes 1 to {_batch} images of {_inputElements} elements and gives {_outputElements} for each; got {images.Length} elements, and room for {result.Length}."));
        }

        fixed (float* from = images, to = result)
        {
            if (NativeMethods.rn_plan_run(Plan, from, count, to) != 0)
                throw NativeMethods.Error();
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        IntPtr plan = Interlocked.Exchange(ref _plan, IntPtr.Zero);
        if (plan != IntPtr.Zero)
            NativeMethods.rn_plan_end(plan);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the memory back where nobody disposed.</summary>
    ~InferenceProgram() => Dispose();

    private static int Check(int value) => value switch
    {
        Unsupported => throw new NotSupportedException(NativeMethods.Error().Message),
        < 0 => throw NativeMethods.Error(),
        _ => value,
    };
}
