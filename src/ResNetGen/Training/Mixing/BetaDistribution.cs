namespace ResNetGen.Training;

/// <summary>Numbers from Beta(alpha, alpha) by rejection: Jöhnk (1964) up to 1, Cheng's algorithm BB (1978) above.</summary>
internal static class BetaDistribution
{
    /// <summary>A number in [0, 1].</summary>
    /// <param name="alpha">Both parameters, above 0.</param>
    /// <param name="uniform">Gives numbers in (0, 1).</param>
    public static double Draw(double alpha, Func<double> uniform) => alpha <= 1 ? Small(alpha, uniform) : Large(alpha, uniform);

    /// <summary>In logarithms: for a small alpha, u^(1/alpha) is often too small for a double.</summary>
    private static double Small(double alpha, Func<double> uniform)
    {
        while (true)
        {
            double x = Math.Log(uniform()) / alpha;
            double y = Math.Log(uniform()) / alpha;
            double largest = Math.Max(x, y);
            double sum = largest + Math.Log(Math.Exp(x - largest) + Math.Exp(y - largest));
            if (sum <= 0)
            {
                return Math.Exp(x - sum);
            }
        }
    }

    private static double Large(double alpha, Func<double> uniform)
    {
        double beta = 1 / Math.Sqrt(alpha);
        double gamma = alpha + (1 / beta);
        while (true)
        {
            double first = uniform();
            double second = uniform();
            double v = beta * Math.Log(first / (1 - first));
            double w = alpha * Math.Exp(v);
            double z = first * first * second;
            double r = (gamma * v) - Math.Log(4);
            double s = alpha + r - w;

            // Cheng's quick test (1 + log 5), then the exact one.
            if (s + 1 + Math.Log(5) >= 5 * z || r + (2 * alpha * Math.Log(2 * alpha / (alpha + w))) >= Math.Log(z))
            {
                return w / (alpha + w);
            }
        }
    }
}
