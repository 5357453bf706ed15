using static TorchSharp.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => rt_add(this, target, ScalarValue.One);

        public Tensor add(Tensor target, Scalar alpha) => rt_add(this, target, alpha.Required(nameof(alpha)));

        public Tensor add(Scalar scalar) => rt_add_scalar(this, scalar.Required(), ScalarValue.One);

        public Tensor add(Scalar scalar, Scalar alpha) => rt_add_scalar(this, scalar.Required(), alpha.Required(nameof(alpha)));

        public Tensor sub(Tensor target) => rt_sub(this, target, ScalarValue.One);

        public Tensor sub(Scalar target) => rt_sub_scalar(this, target.Required(nameof(target)), ScalarValue.One);

        public Tensor mul(Tensor target) => rt_mul(this, target);

        public Tensor mul(Scalar target) => rt_mul_scalar(this, target.Required(nameof(target)));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rt_div(this, target, (int)rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
            => rt_div_scalar(this, target.Required(nameof(target)), (int)rounding_mode);

        public Tensor pow(Tensor exponent) => rt_pow(this, exponent);

        public Tensor pow(Scalar exponent) => rt_pow_scalar(this, exponent.Required(nameof(exponent)));

        public Tensor eq(Tensor target) => rt_eq(this, target);

        public Tensor eq(Scalar target) => rt_eq_scalar(this, target.Required(nameof(target)));

        public Tensor ne(Tensor target) => rt_ne(this, target);

        public Tensor ne(Scalar target) => rt_ne_scalar(this, target.Required(nameof(target)));

        public Tensor lt(Tensor target) => rt_lt(this, target);

        public Tensor lt(Scalar target) => rt_lt_scalar(this, target.Required(nameof(target)));

        public Tensor le(Tensor target) => rt_le(this, target);

        public Tensor le(Scalar target) => rt_le_scalar(this, target.Required(nameof(target)));

        public Tensor gt(Tensor target) => rt_gt(this, target);

        public Tensor gt(Scalar target) => rt_gt_scalar(this, target.Required(nameof(target)));

        public Tensor ge(Tensor target) => rt_ge(this, target);

        public Tensor ge(Scalar target) => rt_ge_scalar(this, target.Required(nameof(target)));

        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false)
        {
            Check(rt_allclose(this, target, rtol, atol, equal_nan ? 1 : 0, out var answer));
            return answer != 0;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>Same shape and same elements; == compares element by element instead.</summary>
        public bool Equals(Tensor target)
        {
            if (target is null) return false;
            Check(rt_equal(this, target, out var answer));
            return answer != 0;
        }

        /// <summary>By identity: elements change.</summary>
        public override int GetHashCode() => base.GetHashCode();
    }
}
