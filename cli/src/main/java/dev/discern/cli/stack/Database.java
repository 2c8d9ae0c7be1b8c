package dev.discern.cli.stack;

/** How a service reaches its database. */
record Database(String jdbcUrl, String user, String password) {

    @Override
    public String toString() {
        return user + " at " + jdbcUrl;
    }
}
