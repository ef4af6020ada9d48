"""Accounts and roles, with every change of rights in the newsroom's history.

Nobody hands out more rights than they hold: Django alone would let whoever may change accounts make
themselves a superuser.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q

from articles.admin.page import DeskAdmin
from articles.admin.site import desk


def rights_of(user) -> set:
    """What an account may do, also while it is closed: opening it again brings its rights back."""
    given = Permission.objects.filter(Q(user=user) | Q(group__user=user))
    return set(given.values_list("pk", flat=True))


def roles_within(user):
    """The roles that may do nothing this person may not do."""
    if user.is_superuser:
        return Group.objects.all()
    mine = rights_of(user)
    roles = Group.objects.prefetch_related("permissions")
    within = [role.pk for role in roles if {right.pk for right in role.permissions.all()} <= mine]
    return Group.objects.filter(pk__in=within)


@admin.register(User, site=desk)
class AccountAdmin(DeskAdmin, UserAdmin):
    list_display = ["username", "first_name", "last_name", "email", "is_active", "is_staff"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.stands_no_higher(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.stands_no_higher(request.user, obj)

    def stands_no_higher(self, user, other) -> bool:
        """Whether the other account may do nothing that this person may not."""
        if other is None or user.is_superuser:
            return True
        return not other.is_superuser and rights_of(other) <= rights_of(user)

    def get_readonly_fields(self, request, obj=None):
        kept = super().get_readonly_fields(request, obj)
        return kept if request.user.is_superuser else [*kept, "is_superuser", "user_permissions"]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = roles_within(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group, site=desk)
class RoleAdmin(DeskAdmin, GroupAdmin):
    """What a role may do is the superuser's to decide; others see it."""

    list_display = ["name"]

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
