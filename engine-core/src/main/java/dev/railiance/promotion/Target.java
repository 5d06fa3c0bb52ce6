package dev.railiance.promotion;

/**
 * What a promotion is for: an app in an environment. At most one promotion at a time is in flight there.
 *
 * @param app DNS-1123 label
 * @param environment DNS-1123 label
 */
public record Target(String app, String environment) {

    public Target {
        if (!Form.label(app) || !Form.label(environment)) {
            throw new IllegalArgumentException("app and environment are DNS-1123 labels");
        }
    }

    @Override
    public String toString() {
        return app + "/" + environment;
    }
}
