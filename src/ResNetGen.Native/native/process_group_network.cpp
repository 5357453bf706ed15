#include "process_group_network.h"

#include "process_group_error.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

namespace resnetgen::group {

namespace {

struct Socket {
    explicit Socket(int fd) : fd(fd) {}
    ~Socket() {
        if (fd >= 0) ::close(fd);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    const int fd;
};

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

// Empty, with a reason, where the name is not known.
Addresses resolve(const std::string& name, int port, int type, std::string& reason) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = type;
    addrinfo* found = nullptr;
    const int failed = getaddrinfo(name.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (failed != 0) {
        reason = "the name is not known (" + std::string(gai_strerror(failed)) + ")";
        found = nullptr;
    }
    return Addresses(found, [](addrinfo* list) {
        if (list) freeaddrinfo(list);
    });
}

// 0, or errno.
int try_connect(const addrinfo& to, milliseconds limit) {
    const Socket socket(::socket(to.ai_family, to.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, to.ai_protocol));
    if (socket.fd < 0) return errno;
    if (::connect(socket.fd, to.ai_addr, to.ai_addrlen) == 0) return 0;
    if (errno != EINPROGRESS) return errno;
    pollfd ready{socket.fd, POLLOUT, 0};
    if (::poll(&ready, 1, static_cast<int>(std::max<int64_t>(1, limit.count()))) <= 0) return ETIMEDOUT;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(socket.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

// Where packets to an address would leave from; nothing is sent. Empty where there is no way.
std::string local_end(const addrinfo& to) {
    const Socket socket(::socket(to.ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    if (socket.fd < 0 || ::connect(socket.fd, to.ai_addr, to.ai_addrlen) != 0) return {};
    if (getsockname(socket.fd, reinterpret_cast<sockaddr*>(&own), &size) != 0) return {};
    char text[NI_MAXHOST];
    if (getnameinfo(reinterpret_cast<sockaddr*>(&own), size, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0) return {};
    return text;
}

std::string local_end(const std::string& name, int port) {
    std::string reason;
    const Addresses addresses = resolve(name, port, SOCK_DGRAM, reason);
    for (const addrinfo* each = addresses.get(); each; each = each->ai_next) {
        std::string own = local_end(*each);
        if (!own.empty()) return own;
    }
    return {};
}

bool is_loopback(const std::string& address) { return address.rfind("127.", 0) == 0 || address == "::1"; }

std::string place(const Meeting& m) { return m.address + ":" + std::to_string(m.port); }

}  // namespace

void wait_for_host(const Meeting& m) {
    const auto begun = Clock::now();
    std::string reason = "nothing answered";
    while (true) {
        const auto left = [&] { return std::chrono::duration_cast<milliseconds>(begun + m.timeout - Clock::now()); };
        const Addresses addresses = resolve(m.address, m.port, SOCK_STREAM, reason);
        for (const addrinfo* each = addresses.get(); each && left().count() > 0; each = each->ai_next) {
            const int failed = try_connect(*each, std::min<milliseconds>(left(), milliseconds(3000)));
            if (failed == 0) return;
            reason = failed == ECONNREFUSED ? "nothing listens there" : std::strerror(failed);
        }
        if (left().count() <= 0) break;
        std::this_thread::sleep_for(std::min<milliseconds>(left(), milliseconds(50)));
    }
    throw Error(Failure::Rendezvous, m.hosts_store ? -1 : 0,
                "rank " + std::to_string(m.rank) + " of " + std::to_string(m.size) + " waited " + seconds(m.timeout.count() / 1e3) +
                    " for the store at " + place(m) + ": " + reason + ". Check that rank 0 runs, that MASTER_ADDR and MASTER_PORT are the same on all ranks and "
                    "name its machine, and that no firewall is in between.");
}

void check_port_is_free(const Meeting& m) {
    const Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.fd < 0) return;
    const int yes = 1;
    setsockopt(socket.fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_ANY);
    any.sin_port = htons(static_cast<uint16_t>(m.port));
    if (::bind(socket.fd, reinterpret_cast<sockaddr*>(&any), sizeof any) == 0) return;
    const int failed = errno;
    throw Error(Failure::Rendezvous, -1,
                "rank " + std::to_string(m.rank) + " cannot host the store on port " + std::to_string(m.port) + " of this machine: " +
                    (failed == EADDRINUSE ? "another process uses it already. Two processes may have the same rank, or another run goes on here: choose another "
                                            "MASTER_PORT for all ranks, or end that process."
                                          : std::string(std::strerror(failed)) + ". Choose another MASTER_PORT for all ranks (above 1023)."));
}

std::string own_address(const Meeting& m) {
    std::string own = local_end(m.address, m.port);
    if (own.empty()) own = "127.0.0.1";
    if (!is_loopback(own) || m.address == "localhost" || is_loopback(m.address)) return own;
    // The master's own name leads back to itself on its machine (Debian's /etc/hosts has it at 127.0.1.1), where no other machine comes:
    // the address of the way out then. 192.0.2.1 is nobody's (RFC 5737).
    const std::string outward = local_end("192.0.2.1", 9);
    return outward.empty() ? own : outward;
}

}  // namespace resnetgen::group
