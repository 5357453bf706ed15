using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        var options = Options.Of(dtype, device, requires_grad);
        var shape = size.Shape;
        var result = rt_randint(low, high, shape, shape.Length, Generator.HandleOf(generator), options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
        GC.KeepAlive(generator);
        return result.WithNames(names);
    }

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        => randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        => randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        => randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        => randint(low, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randint(int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
        => randint(0, high, new Size(size), dtype, device, requires_grad, generator, names);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        var options = Options.Of(dtype, device, requires_grad);
        var result = rt_randperm(n, Generator.HandleOf(generator), options.Type, options.DeviceType, options.DeviceIndex, options.RequiresGrad);
        GC.KeepAlive(generator);
        return result;
    }

    public static Tensor randperm(long n, Tensor @out, Generator? generator = null)
    {
        Check(rt_randperm_out(n, Generator.HandleOf(generator), @out));
        GC.KeepAlive(generator);
        return @out.alias();
    }

    public static partial class random
    {
        public static Generator manual_seed(long seed)
        {
            Check(rt_manual_seed(seed));
            return Generator.Default;
        }

        public static long initial_seed() => Generator.Default.initial_seed();

        public static long seed()
        {
            var seed = Generator.Default.seed();
            if (cuda.is_available()) cuda.manual_seed_all(seed);
            return seed;
        }

        public static Tensor get_rng_state() => Generator.Default.get_state();

        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }
}
