package dev.railiance.promotion;

import java.util.regex.Pattern;

/**
 * What a promotion is for: an app in an environment. At most one promotion at a time is in flight there.
 *
 * @param app DNS-1123 label
 * @param environment DNS-1123 label
 */
public record Target(String app, String environment) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public Target {
        if (!LABEL.matcher(app).matches() || !LABEL.matcher(environment).matches()) {
            throw new IllegalArgumentException("app and environment are DNS-1123 labels");
        }
    }

    @Override
    public String toString() {
        return app + "/" + environment;
    }
}
